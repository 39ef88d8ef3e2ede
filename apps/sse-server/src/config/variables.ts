import { DEFAULT_JOKE_API_URL, JOKE_API_TIMEOUT_MS } from '@calc/tools/settings';
import { defaultLimits, LONGEST_TIMER_MS } from '@calc/transport/limits';
import {
    address,
    basePath,
    choice,
    flag,
    hosts,
    httpUrl,
    type Kind,
    origins,
    path,
    proxies,
    rate,
    redisUrl,
    tokens,
    wholeNumber
} from './variable-kinds.ts';

/** Processors of a large machine. */
const MAX_WORKERS = 64;
const GIBIBYTE = 1024 ** 3;
/** The longest string of V8 is half a gibibyte, and a reply can be longer than its request. */
const LARGEST_MESSAGE = GIBIBYTE / 16;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** A time limit in milliseconds. */
const ms = (min: number) => wholeNumber(min, LONGEST_TIMER_MS);

/**
 * The environment variables of the server: kind, default and meaning. `--help` prints them, and a test holds the
 * documentation to them.
 */
export const variables = {
    PORT: variable(wholeNumber(0, 65_535), 3001, '0 takes any free port'),
    HOST: variable(
        address,
        '127.0.0.1',
        'address to listen on; any but a loopback address requires a token, or ALLOW_UNAUTHENTICATED'
    ),
    WORKERS: variable(
        wholeNumber(1, MAX_WORKERS),
        1,
        'processes that serve the port together, as --workers N; one for each processor is enough'
    ),
    REDIS_URL: variable(
        redisUrl,
        undefined,
        'Redis that keeps the sessions, such as redis://127.0.0.1:6379, so that any number of processes can serve them',
        'none'
    ),
    BASE_PATH: variable(basePath, '', 'prefix that a reverse proxy puts before every path'),
    MCP_AUTH_TOKEN: variable(tokens, [], 'accepted bearer tokens, separated by commas', 'none'),
    ALLOW_UNAUTHENTICATED: variable(flag, false, 'lets other machines connect without a token'),
    ALLOWED_HOSTS: variable(
        hosts,
        [],
        'host names that requests may be sent to besides the local ones, separated by commas',
        'local'
    ),
    ALLOWED_ORIGINS: variable(
        origins,
        [],
        'origins whose pages may call the server besides the local ones, separated by commas',
        'local'
    ),
    TRUST_PROXY: variable(
        proxies,
        0,
        "number of proxies in front that are trusted to report the client's address and scheme",
        'false'
    ),
    REQUIRE_HTTPS: variable(flag, false, 'redirects clients to HTTPS when a trusted proxy reports plain HTTP'),
    RATE_LIMIT: variable(
        rate,
        { requests: 6000, windowMs: 60_000 },
        'requests of one token, or of one address without a token; off for no limit',
        '6000/minute'
    ),
    MAX_SESSIONS: variable(
        wholeNumber(1, 1_000_000),
        defaultLimits.maxSessions,
        'open sessions, and unanswered stateless requests; a tenth more for clients that have few'
    ),
    MAX_IN_FLIGHT: variable(
        wholeNumber(1, 1_000_000),
        defaultLimits.maxInFlight,
        'unanswered requests of one session; further ones are refused with 429'
    ),
    MAX_MESSAGE_BYTES: variable(
        wholeNumber(1024, LARGEST_MESSAGE),
        defaultLimits.maxMessageBytes,
        'a larger message is refused with 413'
    ),
    MAX_BUFFERED_BYTES: variable(
        wholeNumber(1024, GIBIBYTE),
        defaultLimits.maxBufferedBytes,
        'backlog limit of one session; a client further behind is disconnected'
    ),
    HEARTBEAT_MS: variable(ms(10), defaultLimits.heartbeatMs, 'silence on a stream after which a comment is sent'),
    RESUME_WINDOW_MS: variable(
        ms(0),
        defaultLimits.resumeWindowMs,
        'how long a dropped stream can be resumed; 0 disables resuming'
    ),
    RETRY_MS: variable(
        ms(100),
        defaultLimits.retryMs,
        'how long a client waits before it reconnects; less makes sense where another process answers at once'
    ),
    SESSION_IDLE_MS: variable(ms(10), defaultLimits.sessionIdleMs, 'time without a message after which a session ends'),
    SESSION_STREAMLESS_MS: variable(
        ms(10),
        defaultLimits.streamlessIdleMs,
        'the same for a session of /mcp without an open stream, if shorter'
    ),
    SESSION_UNUSED_MS: variable(
        ms(10),
        defaultLimits.unusedIdleMs,
        'the same for a session of /mcp that was not used after initialize, if shorter'
    ),
    SHUTDOWN_TIMEOUT_MS: variable(ms(0), 10_000, 'how long a stopping server waits for calls in flight'),
    KEEP_ALIVE_MS: variable(ms(0), 75_000, 'how long an idle connection stays open'),
    REQUEST_TIMEOUT_MS: variable(ms(100), 30_000, "time limit for the arrival of a request's headers and body"),
    TLS_CERT: variable(path, undefined, 'path of a certificate in PEM, for HTTPS without a proxy', 'none'),
    TLS_KEY: variable(path, undefined, 'path of its key in PEM', 'none'),
    LOG_LEVEL: variable(choice(LOG_LEVELS), 'info', LOG_LEVELS.join(', ')),
    LOG_FORMAT: variable(choice(['pretty', 'json']), undefined, 'pretty or json', 'pretty on a terminal, else json'),
    JOKE_API_URL: variable(httpUrl, DEFAULT_JOKE_API_URL, 'API that random-joke calls'),
    JOKE_API_TIMEOUT_MS: variable(
        ms(1),
        JOKE_API_TIMEOUT_MS,
        'time limit for the answer of that API; after it random-joke returns a built-in joke'
    ),
    TEACHING_FAULTS: variable(
        flag,
        false,
        'lets clients on this machine break their own sessions at /faults, for lessons'
    )
};

/** @param shown the default as people read it; empty for an empty text. */
function variable<Value, Default extends Value | undefined>(
    kind: Kind<Value>,
    fallback: Default,
    meaning: string,
    shown = String(fallback)
) {
    return { kind, fallback: fallback as Value | Default, shown, meaning };
}

/** The values of all variables; of one that is not set, or not valid, the default. */
export type Values = { [Name in keyof typeof variables]: (typeof variables)[Name]['fallback'] };

export type VariableName = keyof Values;
