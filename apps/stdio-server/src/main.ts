import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { createClock, createEnvironment, JOKE_API_TIMEOUT_MS } from '@calc/tools';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { ConfigError, checkArguments, parseJokeApiUrl } from './config.ts';
import { type PendingRequests, watchRequests } from './pending-requests.ts';
import { serverFactory } from './server.ts';

// Standard output carries messages and nothing else; whatever is for people goes to standard error.

const EXIT_BAD_CONFIG = 2;
/** How long calls in flight may take when the server is to stop, in milliseconds: longer than any tool takes. */
const LAST_ANSWERS_MS = JOKE_API_TIMEOUT_MS + 2000;
/** As much of an error's message as may be a client's own words. */
const MAX_MESSAGE_LENGTH = 200;

function serve(jokeApiUrl: string): void {
    const environment = createEnvironment({ jokeApi: { url: jokeApiUrl, timeoutMs: JOKE_API_TIMEOUT_MS } });
    const factory = serverFactory({ environment, clock: createClock(), transport: 'stdio' });
    const transport = new StdioServerTransport(Readable.from(input(), { objectMode: false }));
    const onerror = ({ message }: Error) => console.warn(message.slice(0, MAX_MESSAGE_LENGTH));
    const server = serveStdio(factory, { transport, onerror });
    const requests = watchRequests(transport);

    /** Standard input; its end is kept back until what came by it is answered, since the SDK would drop that. */
    async function* input(): AsyncGenerator<Buffer> {
        try {
            yield* process.stdin;
        } catch {
            // It broke off, which ends it as well.
        }
        await setImmediate();
        await requests.settled(LAST_ANSWERS_MS);
    }

    stopOnSignal(requests, async () => {
        await server.close();
        process.stdin.destroy();
    });
    const onclose = transport.onclose;
    transport.onclose = () => {
        onclose?.();
        // Nothing is read any more, and an open pipe would keep the process.
        process.stdin.destroy();
    };
}

/** A second signal finds no handler any more and ends the process at once. */
function stopOnSignal(requests: PendingRequests, close: () => Promise<void>): void {
    const signals = ['SIGINT', 'SIGTERM'] as const;
    const stop = async () => {
        for (const signal of signals) process.off(signal, stop);
        await requests.settled(LAST_ANSWERS_MS);
        await close();
    };
    for (const signal of signals) process.on(signal, stop);
}

try {
    checkArguments(process.argv.slice(2));
    serve(parseJokeApiUrl(process.env));
} catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = EXIT_BAD_CONFIG;
}
