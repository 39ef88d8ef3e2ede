import { isIPv6 } from 'node:net';
import { defaultLimits, type SseLimits } from '@calc/sse';
import { DEFAULT_JOKE_API_URL } from '@calc/tools';
import { z } from 'zod';

/** What the environment variables of the process decide; see the table in the README. */
export interface Config {
    /** TCP port; 0 takes any free one. */
    port: number;
    /** Address to listen on. */
    host: string;
    /** Host names, beside the local ones, that requests may be addressed to; in lower case. */
    allowedHosts: readonly string[];
    /** Origins, beside the local ones, whose pages may send requests. */
    allowedOrigins: readonly string[];
    jokeApiUrl: string;
    /** How much the sessions may take. */
    limits: Readonly<SseLimits>;
    /** How long calls in flight may take to be answered when the server stops, in milliseconds. */
    shutdownTimeoutMs: number;
}

/** Bad configuration: one entry of `problems` for each mistake, which names the variable and what was expected. */
export class ConfigError extends Error {
    override name = 'ConfigError';
    readonly problems: readonly string[];

    constructor(problems: readonly string[]) {
        super(problems.join('\n'));
        this.problems = problems;
    }
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

const GIBIBYTE = 1024 ** 3;
/** A longer time than this makes a timer fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const variables = z.object({
    PORT: wholeNumber(0, 65535).default(3001),
    HOST: text('a host name or an IP address', isHostOrAddress).default('127.0.0.1'),
    ALLOW_UNAUTHENTICATED: text('true or false', value => value === 'true' || value === 'false')
        .transform(value => value === 'true')
        .default(false),
    ALLOWED_HOSTS: list('host names without scheme or path, separated by commas', isHost).default([]),
    ALLOWED_ORIGINS: list('origins such as https://example.com, separated by commas', isOrigin).default([]),
    JOKE_API_URL: text('an http or https URL', isHttpUrl).default(DEFAULT_JOKE_API_URL),
    MAX_SESSIONS: wholeNumber(1, 1_000_000).default(defaultLimits.maxSessions),
    MAX_IN_FLIGHT: wholeNumber(1, 1_000_000).default(defaultLimits.maxInFlight),
    MAX_MESSAGE_BYTES: wholeNumber(1024, GIBIBYTE).default(defaultLimits.maxMessageBytes),
    MAX_BUFFERED_BYTES: wholeNumber(1024, GIBIBYTE).default(defaultLimits.maxBufferedBytes),
    HEARTBEAT_MS: wholeNumber(10, LONGEST_TIMER_MS).default(defaultLimits.heartbeatMs),
    RESUME_WINDOW_MS: wholeNumber(0, LONGEST_TIMER_MS).default(defaultLimits.resumeWindowMs),
    SESSION_IDLE_MS: wholeNumber(10, LONGEST_TIMER_MS).default(defaultLimits.sessionIdleMs),
    SHUTDOWN_TIMEOUT_MS: wholeNumber(0, LONGEST_TIMER_MS).default(10_000)
});

/**
 * Reads the configuration from environment variables; a variable that is set but empty counts as not set.
 *
 * @throws {ConfigError} with one problem for each bad variable.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
    const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
    const result = variables.safeParse(set);
    const problems = result.success ? [] : result.error.issues.map(issue => issue.message);
    const host = variables.shape.HOST.safeParse(set.HOST).data;
    if (host !== undefined && !isLoopback(host) && set.ALLOW_UNAUTHENTICATED?.trim() !== 'true') {
        problems.push(
            `HOST=${host} lets other machines in and nothing asks them who they are; ` +
                'set HOST=127.0.0.1, or ALLOW_UNAUTHENTICATED=true if that is what you want'
        );
    }
    if (!result.success || problems.length > 0) throw new ConfigError(problems);
    const { HOST, ...values } = result.data;
    return Object.freeze({
        port: values.PORT,
        host: HOST,
        allowedHosts: values.ALLOWED_HOSTS.map(host => host.toLowerCase()),
        allowedOrigins: values.ALLOWED_ORIGINS,
        jokeApiUrl: values.JOKE_API_URL,
        limits: Object.freeze({
            maxSessions: values.MAX_SESSIONS,
            maxInFlight: values.MAX_IN_FLIGHT,
            maxMessageBytes: values.MAX_MESSAGE_BYTES,
            maxBufferedBytes: values.MAX_BUFFERED_BYTES,
            heartbeatMs: values.HEARTBEAT_MS,
            resumeWindowMs: values.RESUME_WINDOW_MS,
            sessionIdleMs: values.SESSION_IDLE_MS,
            retryMs: defaultLimits.retryMs
        }),
        shutdownTimeoutMs: values.SHUTDOWN_TIMEOUT_MS
    });
}

/** Whether only this machine can reach that address. */
export function isLoopback(host: string): boolean {
    return LOOPBACK.test(host);
}

/** A host as URLs have it: IPv6 addresses in brackets, all in its usual spelling. */
export function toUrlHost(host: string): string {
    return new URL(`http://${isIPv6(host) ? `[${host}]` : host}`).hostname;
}

function text(expected: string, isValid: (value: string) => boolean) {
    return z
        .string()
        .trim()
        .refine(isValid, {
            error: ({ path, input }) => `${path?.join('.')} must be ${expected}, got ${JSON.stringify(input)}`
        });
}

function wholeNumber(min: number, max: number) {
    const isInRange = (value: string) => /^\d{1,10}$/.test(value) && Number(value) >= min && Number(value) <= max;
    return text(`a whole number from ${min} to ${max}`, isInRange).transform(Number);
}

function list(expected: string, isValid: (item: string) => boolean) {
    const split = (value: string) => value.split(',').map(item => item.trim());
    return text(expected, value => split(value).every(isValid)).transform(split);
}

function isHost(value: string): boolean {
    return /^([\w-]+(\.[\w-]+)*|\[[\da-f:]+\])(:\d{1,5})?$/i.test(value);
}

function isHostOrAddress(value: string): boolean {
    return /^[\w.:-]+$/.test(value) && URL.canParse(`http://${isIPv6(value) ? `[${value}]` : value}`);
}

function isOrigin(value: string): boolean {
    return isHttpUrl(value) && new URL(value).origin === value;
}

function isHttpUrl(value: string): boolean {
    return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
