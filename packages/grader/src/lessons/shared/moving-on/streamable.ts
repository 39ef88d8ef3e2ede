import type { Attempt } from '../../../attempt.ts';
import type { FailureDetails } from '../../../check.ts';
import { clauses } from '../../../clauses.ts';
import type { Reply, Unchecked } from '../../../wire/message.ts';
import { isReply, parse } from '../../../wire/message.ts';
import type { Answer } from '../../../wire/request.ts';
import { showAnswer, showJson } from '../../../wire/show.ts';

/** A revision with sessions, and the one without. */
const WITH_SESSIONS = '2025-06-18';
export const STATELESS = '2026-07-28';

/** The address of Streamable HTTP, next to that of the event stream. */
export const mcpUrl = (attempt: Attempt): URL => new URL('mcp', attempt.url);

/** POSTs a message to /mcp. Checks nothing. */
export async function postMcp(
    attempt: Attempt,
    message: object,
    headers: Record<string, string> = {}
): Promise<Answer> {
    const accept = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    return await attempt.send(mcpUrl(attempt), { method: 'POST', headers: { ...accept, ...headers }, body });
}

/** The result in a response, as JSON or as an event. */
function resultOf(attempt: Attempt, answer: Answer, otherwise: Partial<FailureDetails> = {}): Unchecked {
    const lines = answer.body.split(/\r\n|\n|\r/).filter(line => line.startsWith('data:'));
    const messages = [answer.body, ...lines.map(line => line.slice('data:'.length))].map(text => parse(text) ?? {});
    const reply = messages.find(isReply) as Reply | undefined;
    if (answer.status === 200 && reply?.result !== undefined) return reply.result;
    throw attempt.failure({ received: showAnswer(answer), ...otherwise });
}

/** A session of Streamable HTTP. */
export interface StreamableSession {
    id: string;
    result(method: string, params: object): Promise<Unchecked>;
}

/**
 * Opens a session of Streamable HTTP.
 *
 * @param otherwise what a failure says if `initialize` has no result.
 */
export async function openStreamable(
    attempt: Attempt,
    otherwise: Partial<FailureDetails> = {}
): Promise<StreamableSession> {
    const clientInfo = { name: 'lesson-check', version: '1.0.0' };
    const params = { protocolVersion: WITH_SESSIONS, capabilities: {}, clientInfo };
    const answer = await postMcp(attempt, { id: 1, method: 'initialize', params });
    const { protocolVersion = '' } = resultOf(attempt, answer, otherwise);
    const id = answer.headers['mcp-session-id'];
    if (typeof id !== 'string' || id === '') throw attempt.failure({ received: showHead(answer), ...noSession });
    const headers = { 'Mcp-Session-Id': id, 'MCP-Protocol-Version': protocolVersion };
    const accepted = await postMcp(attempt, { method: 'notifications/initialized' }, headers);
    if (accepted.status !== 202) throw attempt.failure({ received: showAnswer(accepted), ...notAccepted });
    let lastId = 1;
    return {
        id,
        async result(method, params) {
            lastId += 1;
            return resultOf(attempt, await postMcp(attempt, { id: lastId, method, params }, headers), inSession);
        }
    };
}

const showHead = ({ status, headers }: Answer) => `HTTP ${status}, headers: ${Object.keys(headers).join(', ')}`;

const noSession = {
    expected: { en: 'the header Mcp-Session-Id with an id', fr: "l'en-tête Mcp-Session-Id avec un identifiant" },
    next: {
        en: 'Give the transport sessionIdGenerator: randomUUID. It sends the header.',
        fr: "Donnez au transport sessionIdGenerator: randomUUID. Il envoie l'en-tête."
    }
};
const notAccepted = {
    expected: {
        en: 'HTTP 202 for a notification with the Mcp-Session-Id of the session',
        fr: 'HTTP 202 pour une notification avec le Mcp-Session-Id de la session'
    },
    next: {
        en: 'Keep the transport of each session in a Map, by its id, and find it by the header Mcp-Session-Id.',
        fr: "Gardez le transport de chaque session dans une Map, par son identifiant, et trouvez-le par l'en-tête Mcp-Session-Id."
    }
};
const inSession = {
    expected: { en: 'a result in the session', fr: 'un résultat dans la session' },
    next: notAccepted.next
};

/** Sends a request that stands alone, as 2026-07-28 has it. */
export async function resultAlone(attempt: Attempt, method: string, params: object, name?: string): Promise<Unchecked> {
    const _meta = {
        'io.modelcontextprotocol/protocolVersion': STATELESS,
        'io.modelcontextprotocol/clientInfo': { name: 'lesson-check', version: '1.0.0' },
        'io.modelcontextprotocol/clientCapabilities': {}
    };
    const headers = {
        'MCP-Protocol-Version': STATELESS,
        'Mcp-Method': method,
        ...(name !== undefined && { 'Mcp-Name': name })
    };
    return resultOf(attempt, await postMcp(attempt, { id: 1, method, params: { ...params, _meta } }, headers));
}

/** What a tools list says that matters to a client: names and schemas, in one order. */
export function toolsOf(attempt: Attempt, result: Unchecked): Map<string, string> {
    if (!Array.isArray(result?.tools)) {
        const expected = { en: '{"tools":[…]}', fr: '{"tools":[…]}' };
        throw attempt.failure({ received: showJson(result), expected, clause: clauses.tools });
    }
    const entries: [string, string][] = result.tools.map((tool: Unchecked) => [tool?.name, inOrder(tool?.inputSchema)]);
    return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** JSON with sorted members, without the names of dialects. */
function inOrder(schema: unknown): string {
    return JSON.stringify(schema, (key, value) => {
        if (key === '$schema') return undefined;
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
        return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
    });
}
