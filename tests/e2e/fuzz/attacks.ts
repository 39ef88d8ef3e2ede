import fc from 'fast-check';
import { type Body, bodies } from './bodies.ts';
import { type Answer, type Post, sendAll } from './connection.ts';
import type { Target } from './target.ts';

type Way = 'messages' | 'session' | 'opening' | 'stateless' | 'login';

/** Some POSTs on one connection, by one way in; with `cut` the connection ends before all is sent. */
export interface Attack {
    way: Way;
    bodies: readonly Body[];
    /** Headers that are sent in place of the right ones. */
    headers: Readonly<Record<string, string>>;
    cut: number | undefined;
}

const REVISION = '2026-07-28';
const envelope = {
    'io.modelcontextprotocol/protocolVersion': REVISION,
    'io.modelcontextprotocol/clientInfo': { name: 'fuzz', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {}
};

function inEnvelope(message: object): object {
    const { params }: { params?: object } = message;
    return params ? { ...message, params: { ...params, _meta: envelope } } : message;
}

const headers: fc.Arbitrary<Record<string, string>> = fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    {
        weight: 1,
        arbitrary: fc.constantFrom<Record<string, string>>(
            { 'Content-Type': 'text/plain' },
            { 'Content-Type': 'application/json; charset=latin1' },
            { Accept: 'text/html' },
            { 'MCP-Protocol-Version': 'x'.repeat(1000) },
            { 'Mcp-Session-Id': 'unknown' },
            { 'Mcp-Method': 'other', 'Mcp-Name': '__proto__' },
            { 'Idempotency-Key': '"again"' },
            { 'Content-Encoding': 'gzip' }
        )
    }
);

export const attacks: fc.Arbitrary<Attack> = fc
    .constantFrom<Way>('messages', 'session', 'opening', 'stateless', 'login')
    .chain(way =>
        fc.record({
            way: fc.constant(way),
            bodies: fc.array(bodies(way === 'stateless' ? inEnvelope : undefined), { minLength: 1, maxLength: 6 }),
            headers,
            cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined, freq: 5 })
        })
    );

/**
 * Carries out an attack.
 *
 * @throws {Error} if a POST is not answered, a valid request not exactly once, or an error is large.
 */
export async function attack(target: Target, { way, bodies, headers, cut }: Attack): Promise<void> {
    const posts = bodies.map(body => toPost(target, way, body, headers));
    const answers = await sendAll(target.url, posts, cut);
    if (cut !== undefined) return;
    // After some refusals the server closes the connection, and what was sent ahead is lost.
    const isClosed = answers.slice(0, posts.length - 1).some(({ head }) => /^connection: close/im.test(head));
    if (answers.length !== posts.length && !isClosed) {
        throw new Error(`${posts.length} POSTs got ${answers.length} answers: ${answers.map(({ head }) => head)}`);
    }
    for (const [index, answer] of answers.entries()) {
        checkSize(answer);
        const id = Object.keys(headers).length === 0 ? bodies[index]?.id : undefined;
        if (id === undefined || way === 'opening' || way === 'login') continue;
        if (way === 'messages') await checkReply(target, id, answer);
        else if (count(answer.body, JSON.stringify(id)) !== 1) {
            throw new Error(`request ${id} was not answered once: ${answer.head}\n${answer.body.slice(0, 500)}`);
        }
    }
}

async function checkReply({ stream }: Target, id: string, { status, body }: Answer): Promise<void> {
    if (status !== 202) throw new Error(`request ${id} was refused: ${body}`);
    await stream.findReply(id);
    const replies = stream.messages().filter(message => message.id === id);
    if (replies.length !== 1) throw new Error(`request ${id} was answered ${replies.length} times`);
}

function checkSize({ status, head, body }: Answer): void {
    const isError = status >= 400 || body.includes('"error":{"code"');
    if (isError && body.length > 5000) throw new Error(`a large error: ${head}\n${body.slice(0, 500)}`);
    if (status >= 500) throw new Error(`an error of the server: ${head}\n${body}`);
}

function count(text: string, part: string): number {
    return text.split(`"id":${part}`).length - 1;
}

function toPost({ stream, session }: Target, way: Way, { text }: Body, headers: Attack['headers']): Post {
    const common = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
    const post = (path: string, more: Record<string, string> = {}): Post => ({
        path,
        headers: { ...common, ...more, ...headers },
        text
    });
    switch (way) {
        case 'messages':
            return post(stream.endpoint.pathname + stream.endpoint.search);
        case 'session':
            return post('/mcp', { 'Mcp-Session-Id': session.sessionId, 'MCP-Protocol-Version': '2025-11-25' });
        case 'opening':
            return post('/mcp');
        case 'stateless':
            return post('/mcp', { 'MCP-Protocol-Version': REVISION, ...namesOf(text) });
        case 'login':
            return post('/login');
    }
}

/** The headers that repeat the method and the name of a stateless request, where they can. */
function namesOf(text: string): Record<string, string> {
    const isHeader = (value: unknown): value is string => typeof value === 'string' && /^[!-~]{1,200}$/.test(value);
    try {
        const { method, params } = Object(JSON.parse(text));
        const name = Object(params).name ?? Object(params).uri;
        return { ...(isHeader(method) && { 'Mcp-Method': method }), ...(isHeader(name) && { 'Mcp-Name': name }) };
    } catch {
        return {};
    }
}
