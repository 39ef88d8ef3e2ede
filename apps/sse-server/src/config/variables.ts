import { DEFAULT_JOKE_API_URL } from '@calc/tools';
import { defaultLimits } from '@calc/transport/server';
import type { z } from 'zod';
import {
    choice,
    flag,
    hintHost,
    hintOrigin,
    isAddress,
    isBasePath,
    isHops,
    isHttpUrl,
    isPath,
    isRate,
    isToken,
    list,
    secretList,
    text,
    toHops,
    toHost,
    toOrigin,
    toRate,
    wholeNumber
} from './variable-kinds.ts';

const GIBIBYTE = 1024 ** 3;
/** V8 has no strings of more than half a gibibyte, and a reply says more than the request. */
const LARGEST_MESSAGE = GIBIBYTE / 16;
/** A longer time than this makes a timer fire at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const LOG_FORMATS = ['pretty', 'json'] as const;

/**
 * The environment variables: how each is read, what it is if it is not set, and what it means. `--help` prints this,
 * and a test holds the README to it.
 */
export const variables = {
    PORT: variable(wholeNumber(0, 65_535), 3001, '0 takes any free port'),
    HOST: variable(
        text('a host name or an IP address', isAddress),
        '127.0.0.1',
        'any address but a loopback one needs a token, or ALLOW_UNAUTHENTICATED'
    ),
    BASE_PATH: variable(
        text('a path such as /calc, without a slash at the end', isBasePath),
        '',
        'prefix that a reverse proxy puts before every path'
    ),
    MCP_AUTH_TOKEN: variable(
        secretList('tokens of letters, digits and -._~+/=, separated by commas', isToken),
        [],
        'who knows one of these may come in; separated by commas',
        'none'
    ),
    ALLOW_UNAUTHENTICATED: variable(flag(), false, 'lets other machines in without asking who they are'),
    ALLOWED_HOSTS: variable(
        list('host names without scheme or path, separated by commas', toHost, hintHost),
        [],
        'host names, beside the local ones, that requests may be addressed to; separated by commas',
        'local'
    ),
    ALLOWED_ORIGINS: variable(
        list('origins such as https://example.com, separated by commas', toOrigin, hintOrigin),
        [],
        'origins, beside the local ones, whose pages may call the server; separated by commas',
        'local'
    ),
    TRUST_PROXY: variable(
        text('false, or the number of proxies in front, from 1 to 100', isHops).transform(toHops),
        0,
        "how many proxies in front to believe about the client's address and scheme",
        'false'
    ),
    REQUIRE_HTTPS: variable(flag(), false, 'redirects clients that a trusted proxy says came by plain HTTP'),
    RATE_LIMIT: variable(
        text('off, or a number per second, minute or hour such as 6000/minute', isRate).transform(toRate),
        toRate('6000/minute'),
        'requests of one token, else of one address; off for none',
        '6000/minute'
    ),
    MAX_SESSIONS: variable(
        wholeNumber(1, 1_000_000),
        defaultLimits.maxSessions,
        'sessions at once, and as many stateless requests; a tenth more for clients that hold few'
    ),
    MAX_IN_FLIGHT: variable(
        wholeNumber(1, 1_000_000),
        defaultLimits.maxInFlight,
        'unanswered requests of one session; more are refused with 429'
    ),
    MAX_MESSAGE_BYTES: variable(
        wholeNumber(1024, LARGEST_MESSAGE),
        defaultLimits.maxMessageBytes,
        'a larger message is refused with 413'
    ),
    MAX_BUFFERED_BYTES: variable(
        wholeNumber(1024, GIBIBYTE),
        defaultLimits.maxBufferedBytes,
        'kept for one session; a reader that lets more pile up is cut off, and as much again may wait for it'
    ),
    HEARTBEAT_MS: variable(
        wholeNumber(10, LONGEST_TIMER_MS),
        defaultLimits.heartbeatMs,
        'silence after which a comment is sent'
    ),
    RESUME_WINDOW_MS: variable(
        wholeNumber(0, LONGEST_TIMER_MS),
        defaultLimits.resumeWindowMs,
        'how long what dropped waits for its client; 0 turns resuming off'
    ),
    SESSION_IDLE_MS: variable(
        wholeNumber(10, LONGEST_TIMER_MS),
        defaultLimits.sessionIdleMs,
        'time without a message after which a session ends'
    ),
    SESSION_STREAMLESS_MS: variable(
        wholeNumber(10, LONGEST_TIMER_MS),
        defaultLimits.streamlessIdleMs,
        'the same for a session of /mcp without an open stream, if shorter'
    ),
    SESSION_UNUSED_MS: variable(
        wholeNumber(10, LONGEST_TIMER_MS),
        defaultLimits.unusedIdleMs,
        'the same for a session of /mcp that was not used after initialize, if shorter'
    ),
    SHUTDOWN_TIMEOUT_MS: variable(
        wholeNumber(0, LONGEST_TIMER_MS),
        10_000,
        'how long calls in flight may take when the server stops'
    ),
    KEEP_ALIVE_MS: variable(wholeNumber(0, LONGEST_TIMER_MS), 75_000, 'how long an idle connection stays open'),
    REQUEST_TIMEOUT_MS: variable(
        wholeNumber(100, LONGEST_TIMER_MS),
        30_000,
        "how long a request's headers and body may take to arrive"
    ),
    TLS_CERT: variable(
        text('the path of a file', isPath),
        undefined,
        'certificate in PEM: HTTPS without a proxy',
        'none'
    ),
    TLS_KEY: variable(text('the path of a file', isPath), undefined, 'its key in PEM', 'none'),
    LOG_LEVEL: variable(choice(LOG_LEVELS), 'info', LOG_LEVELS.join(', ')),
    LOG_FORMAT: variable(choice(LOG_FORMATS), undefined, 'pretty or json', 'pretty on a terminal, else json'),
    JOKE_API_URL: variable(text('an http or https URL', isHttpUrl), DEFAULT_JOKE_API_URL, 'where random-joke asks'),
    TEACHING_FAULTS: variable(
        flag(),
        false,
        'lets clients on this machine break their own sessions by /faults, to see what happens'
    )
};

function variable<Value, Default extends Value | undefined>(
    schema: z.ZodType<Value, string>,
    fallback: Default,
    meaning: string,
    shown = String(fallback)
) {
    return {
        /** Reads the text of a variable that is set. */
        schema,
        /** The value of one that is not. */
        fallback,
        /** The default, as people read it; empty for an empty text. */
        shown,
        meaning
    };
}
