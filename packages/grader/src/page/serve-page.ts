import { randomUUID } from 'node:crypto';
import { ScriptedServer } from '../scripted-server/scripted-server.ts';
import { filesOf } from './serve-files.ts';

/** A larger sum is answered late. */
const MAX_FAST_SUM = 100;
const SLOW_MS = 8000;
/** A larger sum is not answered: the stream drops. */
const MAX_SUM = 1000;

/** A page that is served, with its address. */
export interface ServedPage {
    url: string;
    close(): Promise<void>;
}

/**
 * Serves a learner's page at / and an MCP server at /sse, on one origin and on the loopback address only. The lesson
 * command uses it for `start 08`. The server has the tool `add`. It answers a sum over 100 eight seconds late, so that the
 * learner sees replies out of order, and drops the stream at a sum over 1000.
 *
 * @param port 0 for a free port.
 * @throws Error with code EADDRINUSE if the port is taken.
 */
export async function servePage(folder: string, port: number): Promise<ServedPage> {
    const number = { type: 'number' };
    const server = new ScriptedServer({
        streamPath: '/sse',
        endpointForm: 'path',
        createId: randomUUID,
        tools: [
            {
                name: 'add',
                description:
                    'Adds two numbers. A sum over 100 takes eight seconds, and one over 1000 drops the stream.',
                inputSchema: { type: 'object', properties: { a: number, b: number }, required: ['a', 'b'] }
            }
        ],
        onCall(call) {
            const { a, b } = call.args;
            if (call.name !== 'add') return call.fail(`There is no tool ${call.name}`);
            if (typeof a !== 'number' || typeof b !== 'number') return call.fail('a and b must be numbers');
            if (a + b > MAX_SUM) call.session.drop();
            else if (a + b > MAX_FAST_SUM) setTimeout(() => call.answer(String(a + b)), SLOW_MS).unref();
            else call.answer(String(a + b));
        },
        serveOther: filesOf(folder, '/')
    });
    await server.listen(port);
    return { url: `${server.origin}/`, close: () => server.close() };
}
