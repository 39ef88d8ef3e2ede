import { quoteSetting } from '@calc/tools/settings';
import { defaultLimits } from '@calc/transport/limits';
import type { Limits } from '@calc/transport/server';
import { ConfigError } from './config-error.ts';
import { findConflicts, isReachable } from './conflicts.ts';
import { readTls, type Tls } from './tls.ts';
import type { Kind, RateLimit } from './variable-kinds.ts';
import { type Values, type VariableName, variables } from './variables.ts';

/** The configuration of the server; see `variables.ts` for the meaning of each part. */
export interface Config {
    /** TCP port; 0 takes any free one. */
    port: number;
    /** Address to listen on. */
    host: string;
    /** Whether other machines can connect, directly or through a proxy. */
    isReachable: boolean;
    /** Number of processes that serve the port. */
    workers: number;
    /** Redis that keeps the sessions; undefined to keep them in memory. It may have a password. */
    redisUrl: string | undefined;
    /** Prefix that a reverse proxy puts before every path: empty, or with a slash in front and none at the end. */
    basePath: string;
    /** Accepted bearer tokens. Empty turns authentication off. */
    tokens: readonly string[];
    /** Host names that requests may be sent to besides the local ones; in lower case. */
    allowedHosts: readonly string[];
    /** Origins whose pages may send requests besides the local ones. */
    allowedOrigins: readonly string[];
    /** How many proxies in front are trusted to report the client's address and scheme. */
    trustedProxies: number;
    requireHttps: boolean;
    /** Null for no limit. */
    rateLimit: RateLimit | null;
    /** Limits of the sessions. */
    limits: Readonly<Limits>;
    /** How long a stopping server waits for calls in flight, in milliseconds. */
    shutdownTimeoutMs: number;
    /** How long an idle connection stays open, in milliseconds. */
    keepAliveMs: number;
    /** Time limit for the arrival of a request's headers and body, in milliseconds. */
    requestTimeoutMs: number;
    /** Undefined for plain HTTP. */
    tls: Tls | undefined;
    /** `worker` is in every line of a worker. */
    log: { level: Values['LOG_LEVEL']; format: Values['LOG_FORMAT']; worker?: number };
    /** `timeoutMs` is the time limit for the whole answer, in milliseconds. */
    jokeApi: { url: string; timeoutMs: number };
    /** Whether clients may break their own sessions. */
    teachingFaults: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from environment variables. A variable that is set to an empty text counts as not set.
 *
 * @throws {ConfigError} with code `bad-variable` and one line for each mistake.
 */
export function parseConfig(env: Environment): Config {
    const { values, problems } = parseVariables(env);
    const tls = readTls(values, problems);
    if (problems.length > 0) throw new ConfigError('bad-variable', problems.join('\n'));
    return Object.freeze({
        port: values.PORT,
        host: values.HOST,
        isReachable: isReachable(values),
        workers: values.WORKERS,
        redisUrl: values.REDIS_URL,
        basePath: values.BASE_PATH,
        tokens: values.MCP_AUTH_TOKEN,
        allowedHosts: values.ALLOWED_HOSTS,
        allowedOrigins: values.ALLOWED_ORIGINS,
        trustedProxies: values.TRUST_PROXY,
        requireHttps: values.REQUIRE_HTTPS,
        rateLimit: values.RATE_LIMIT,
        limits: Object.freeze({
            ...defaultLimits,
            maxSessions: values.MAX_SESSIONS,
            maxInFlight: values.MAX_IN_FLIGHT,
            maxMessageBytes: values.MAX_MESSAGE_BYTES,
            maxBufferedBytes: values.MAX_BUFFERED_BYTES,
            heartbeatMs: values.HEARTBEAT_MS,
            resumeWindowMs: values.RESUME_WINDOW_MS,
            retryMs: values.RETRY_MS,
            sessionIdleMs: values.SESSION_IDLE_MS,
            streamlessIdleMs: values.SESSION_STREAMLESS_MS,
            unusedIdleMs: values.SESSION_UNUSED_MS
        }),
        shutdownTimeoutMs: values.SHUTDOWN_TIMEOUT_MS,
        keepAliveMs: values.KEEP_ALIVE_MS,
        requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
        tls,
        log: Object.freeze({ level: values.LOG_LEVEL, format: values.LOG_FORMAT }),
        jokeApi: Object.freeze({ url: values.JOKE_API_URL, timeoutMs: values.JOKE_API_TIMEOUT_MS }),
        teachingFaults: values.TEACHING_FAULTS
    });
}

/** The value of every variable, the default where it is not set or not valid, and a line for each mistake. */
function parseVariables(env: Environment): { values: Values; problems: string[] } {
    const invalid = new Map<VariableName, string>();
    const parse = (name: VariableName, kind: Kind<unknown>, fallback: unknown) => {
        const text = env[name]?.trim();
        if (!text) return fallback;
        const value = kind.parse(text);
        if (value !== undefined) return value;
        invalid.set(name, `${name} must be ${describe(kind, text)}`);
        return fallback;
    };
    const names = Object.keys(variables) as VariableName[];
    const entries = names.map(name => [name, parse(name, variables[name].kind, variables[name].fallback)]);
    const values: Values = Object.fromEntries(entries);
    return { values, problems: [...invalid.values(), ...findConflicts(values, new Set(invalid.keys()))] };
}

function describe({ expected, hint, isSecret }: Kind<unknown>, text: string): string {
    const reason = hint?.(text);
    return `${expected}${reason ? ` (${reason})` : ''}${isSecret ? '' : `, got ${quoteSetting(text)}`}`;
}
