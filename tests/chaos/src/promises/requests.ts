import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Frame, openMcp, openStream, type RawMcp, type RawStream } from '@calc/test-helpers';
import { ALICE } from '../systems.ts';

const LONGEST_REFUSAL_MS = 10_000;

/** The headers of a user. */
export const as = (token: string) => ({ Authorization: `Bearer ${token}` });

export const openSse = (url: string, headers: Record<string, string> = {}): Promise<RawStream> =>
    openStream(`${url}/sse`, { ...as(ALICE), ...headers });

/** Opens and initializes a session of HTTP+SSE. Servers that have just been without Redis may refuse it for a while. */
export async function openReadySse(url: string): Promise<RawStream> {
    const stream = await openAtLast(url);
    await postTo(stream, INITIALIZE);
    await stream.findReply('initialize');
    await postTo(stream, { jsonrpc: '2.0', method: 'notifications/initialized' });
    return stream;
}

export const openReadyMcp = (url: string): Promise<RawMcp> => openMcp(`${url}/mcp`, { headers: as(ALICE) });

async function openAtLast(url: string): Promise<RawStream> {
    for (const giveUpAt = performance.now() + LONGEST_REFUSAL_MS; ; ) {
        try {
            return await openSse(url);
        } catch (error) {
            if (performance.now() > giveUpAt) throw error;
            await sleep(200);
        }
    }
}

const INITIALIZE = {
    jsonrpc: '2.0',
    id: 'initialize',
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'probe', version: '1' } }
};

export const toCall = (id: number | string, message: string, tool = 'echo') => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: tool, arguments: { message } }
});

export interface Answer {
    status: number;
    headers: IncomingHttpHeaders;
    /** Empty if the answer is an event stream, which is then closed. */
    body: string;
    /** Milliseconds until the headers. */
    tookMs: number;
}

/** Sends one request on a connection of its own. @throws if there is no answer within `limitMs`. */
export function ask(
    url: URL | string,
    method: string,
    headers: Record<string, string>,
    body?: unknown,
    limitMs = 10_000
): Promise<Answer> {
    const startedAt = performance.now();
    const all = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...headers };
    return new Promise((resolve, reject) => {
        const take = async (answer: IncomingMessage) => {
            const { statusCode: status = 0, headers } = answer;
            const tookMs = performance.now() - startedAt;
            const isStream = headers['content-type']?.startsWith('text/event-stream');
            if (isStream) answer.destroy();
            resolve({ status, headers, body: isStream ? '' : await text(answer).catch(() => ''), tookMs });
        };
        const outgoing = request(
            url,
            { method, headers: all, agent: false, signal: AbortSignal.timeout(limitMs) },
            take
        );
        outgoing.on('error', reject);
        outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

/** Posts to the endpoint of a session of HTTP+SSE. */
export const postTo = ({ endpoint }: RawStream, message: unknown, limitMs?: number): Promise<Answer> =>
    ask(endpoint, 'POST', as(ALICE), message, limitMs);

export const isMessage = (frame: Frame): frame is Frame & { kind: 'event' } =>
    frame.kind === 'event' && frame.event === 'message' && frame.data !== '';

export type { RawMcp, RawStream };
