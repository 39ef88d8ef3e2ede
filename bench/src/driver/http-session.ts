import { BenchError } from '../errors.ts';
import { type Client, createCaller } from './caller.ts';
import type { Exercise } from './exercise.ts';
import { type EventStream, openEventStream } from './http/event-stream.ts';
import type { PostPool } from './http/post-pool.ts';
import { createLedger } from './ledger.ts';
import { exchange, MCP_PATH } from './streamable.ts';

export interface HttpSessionOptions {
    /** Makes the tasks of this session its own. */
    index: number;
    pool: PostPool;
    exercise?: Exercise;
    /** Whether the stream for what belongs to no request is opened when the session is initialized. */
    listens?: boolean;
}

const PROTOCOL_VERSION = '2025-11-25';

/** A client of Streamable HTTP with a session (revision 2025-11-25) that checks whatever comes. */
export function createHttpSession({ index, pool, exercise, listens = false }: HttpSessionOptions): Client {
    const name = `session ${index}`;
    const ledger = createLedger(name);
    let headers: Record<string, string> = {};
    let stream: EventStream | undefined;
    let destroyed = false;

    const caller = createCaller({
        index,
        ledger,
        exercise,
        protocolVersion: PROTOCOL_VERSION,
        async post(message) {
            const fields = await exchange({ pool, ledger, headers, message });
            if (message.method !== 'initialize') return;
            const sessionId = fields['mcp-session-id'];
            if (typeof sessionId !== 'string')
                throw new BenchError('wrong-reply', `${name}: no Mcp-Session-Id was given`);
            headers = { 'Mcp-Session-Id': sessionId, 'MCP-Protocol-Version': PROTOCOL_VERSION };
        }
    });

    const listen = () =>
        new Promise<void>((resolve, reject) => {
            stream = openEventStream({
                port: pool.port,
                path: MCP_PATH,
                headers,
                token: pool.token,
                onOpen: resolve,
                onEvent: ({ data }) => data !== '' && ledger.take(data),
                onClose(reason) {
                    if (destroyed) return;
                    const lost = new BenchError('disconnected', `${name}: the stream was lost: ${reason}`);
                    ledger.fail(lost);
                    reject(lost);
                }
            });
        });

    return {
        ...caller,
        async initialize() {
            await caller.initialize();
            if (listens) await listen();
        },
        destroy() {
            destroyed = true;
            stream?.destroy();
        }
    };
}
