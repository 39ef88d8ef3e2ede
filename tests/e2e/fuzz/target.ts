import { openMcp, openStream, runNode, send, serverMain } from '@calc/test-helpers';

/** Each of them is back at 0 when every client has gone. */
const GAUGES = [
    'mcp_sessions',
    'mcp_streams_open',
    'mcp_buffered_bytes',
    'mcp_stateless_requests',
    'mcp_stateless_subscriptions'
];
/** How long a client that does no harm may wait for its answers, in milliseconds. */
const MAX_ANSWER_MS = 10_000;
/** How long the server may keep what clients have left, in milliseconds. */
const MAX_LEFTOVER_MS = 10_000;
/** Heap that may be in use after an attack and was not before, in bytes: code that was compiled, and caches. */
const MAX_GROWTH = 16 * 1024 * 1024;

/** Collects the garbage at a signal, so that the heap can be measured. */
const COLLECTING = `data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2', () => gc())`)}`;

/** A server in a process of its own, and a client of each transport that does no harm. */
export async function startTarget() {
    const server = runNode('--expose-gc', ['--import', COLLECTING, serverMain], {
        PORT: '0',
        LOG_LEVEL: 'silent',
        RATE_LIMIT: 'off',
        MAX_MESSAGE_BYTES: '150000',
        // Sessions that an attack opens and leaves.
        SESSION_UNUSED_MS: '2000',
        RESUME_WINDOW_MS: '500',
        JOKE_API_URL: 'http://127.0.0.1:9/',
        MCP_AUTH_TOKEN: ''
    });
    const [, sse = ''] = await server.printed(/^HTTP\+SSE +(\S+)$/m);
    const url = new URL(sse);
    const stream = await openStream(sse);
    const session = await openMcp(new URL('/mcp', url).href);
    // From now on it is used.
    await session.request('first', 'ping');
    let pings = 0;

    const readMetrics = async () => {
        const { body } = await send(new URL('/metrics', url));
        return (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(body)?.[1]);
    };
    const readHeap = async () => {
        server.kill('SIGUSR2');
        return (await readMetrics())('nodejs_heap_size_used_bytes');
    };
    return {
        url,
        stream,
        session,
        /** @throws {Error} if a client that does no harm is not answered in time, or the server had a defect. */
        async check() {
            pings++;
            const late = rejectLater(
                `a client that does no harm waits for more than ${MAX_ANSWER_MS} ms`,
                MAX_ANSWER_MS
            );
            const answers = [stream.request(`ping ${pings}`, 'ping'), session.request(`ping ${pings}`, 'ping')];
            await Promise.race([Promise.all(answers), late.promise]).finally(late.cancel);
            const read = await readMetrics();
            if (read('mcp_unhandled_rejections_total') !== 0) throw new Error('a rejection was not handled');
        },
        readHeap,
        /**
         * Ends both clients and waits until the server holds nothing.
         *
         * @param heap bytes that were in use before, if the heap is to be as small again.
         * @throws {Error} if the server still holds something, or has not ended well.
         */
        async end(heap?: number) {
            await session.delete();
            await stream[Symbol.asyncDispose]();
            await session[Symbol.asyncDispose]();
            const deadline = Date.now() + MAX_LEFTOVER_MS;
            for (;;) {
                const read = await readMetrics();
                const held = GAUGES.filter(name => read(name) !== 0).map(name => `${name} ${read(name)}`);
                if (held.length === 0) break;
                if (Date.now() > deadline) throw new Error(`the server still holds ${held.join(', ')}`);
                await new Promise(resolve => setTimeout(resolve, 50));
            }
            const grown = heap === undefined ? 0 : (await readHeap()) - heap;
            if (grown > MAX_GROWTH) throw new Error(`the heap has grown by ${grown} bytes`);
            server.kill('SIGTERM');
            const { code, stderr } = await server.ended;
            if (code !== 0 || stderr !== '') throw new Error(`the server ended with code ${code}: ${stderr}`);
        },
        [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]()
    };
}

export type Target = Awaited<ReturnType<typeof startTarget>>;

function rejectLater(reason: string, ms: number) {
    let timer: NodeJS.Timeout | undefined;
    const promise = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error(reason)), ms);
    });
    return { promise, cancel: () => clearTimeout(timer) };
}
