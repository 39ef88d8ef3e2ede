import { createClock, createEnvironment, JOKE_API_TIMEOUT_MS } from '@calc/tools';
import { defaultLimits } from '@calc/transport/limits';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { parseSettings } from './config.ts';
import { serverFactory } from './server.ts';
import { StdioTransport } from './stdio-transport.ts';

// Standard output carries messages only; text for people goes to standard error.

const EXIT_UNREAD = 1;
const EXIT_BAD_CONFIG = 2;
/** How long a stopping server waits for calls in flight, in milliseconds: longer than any tool takes. */
const LAST_ANSWERS_MS = JOKE_API_TIMEOUT_MS + 2000;
/** Longest error message on standard error, in characters; part of it may be a client's text. */
const MAX_MESSAGE_LENGTH = 200;

function serve(jokeApiUrl: string): void {
    const environment = createEnvironment({ jokeApi: { url: jokeApiUrl, timeoutMs: JOKE_API_TIMEOUT_MS } });
    const factory = serverFactory({ environment, clock: createClock(), transport: 'stdio' });
    const limits = { ...defaultLimits, lastAnswersMs: LAST_ANSWERS_MS };
    const transport = new StdioTransport(process.stdin, process.stdout, limits);
    const onerror = ({ message }: Error) => console.warn(message.slice(0, MAX_MESSAGE_LENGTH));
    const server = serveStdio(factory, { transport, onerror });
    const onclose = transport.onclose;
    transport.onclose = () => {
        onclose?.();
        exitUnread();
    };

    // A second signal has no handler and ends the process at once.
    const signals = ['SIGINT', 'SIGTERM'] as const;
    const stop = async () => {
        for (const signal of signals) process.off(signal, stop);
        await transport.inFlight.settled(LAST_ANSWERS_MS);
        // A client that does not read gets no goodbye.
        await (process.stdout.writableLength > 0 ? transport : server).close();
    };
    for (const signal of signals) process.on(signal, stop);
}

/** Ends the process if responses are unread, because they keep it alive while the pipe is open. */
function exitUnread(): void {
    if (process.stdout.destroyed || process.stdout.writableLength === 0) return;
    console.error('The client has not read the last answers; they are lost');
    process.exit(EXIT_UNREAD);
}

const settings = parseSettings(process.argv.slice(2), process.env);
if ('problem' in settings) {
    console.error(settings.problem);
    process.exitCode = EXIT_BAD_CONFIG;
} else serve(settings.jokeApiUrl);
