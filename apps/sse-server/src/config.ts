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

const variables = z.object({
    PORT: text('a whole number from 0 to 65535', value => /^\d{1,5}$/.test(value) && Number(value) <= 65535)
        .transform(Number)
        .default(3001),
    HOST: text('a host name or an IP address', value => /^[\w.:-]+$/.test(value)).default('127.0.0.1'),
    ALLOW_UNAUTHENTICATED: text('true or false', value => value === 'true' || value === 'false')
        .transform(value => value === 'true')
        .default(false),
    ALLOWED_HOSTS: list('host names without scheme or path, separated by commas', isHost).default([]),
    ALLOWED_ORIGINS: list('origins such as https://example.com, separated by commas', isOrigin).default([]),
    JOKE_API_URL: text('an http or https URL', isHttpUrl).default(DEFAULT_JOKE_API_URL)
});

/**
 * Reads the configuration from environment variables; a variable that is set but empty counts as not set.
 *
 * @throws {ConfigError} with one problem for each bad variable.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
    const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
    const result = variables.safeParse(set);
    if (!result.success) throw new ConfigError(result.error.issues.map(issue => issue.message));
    const { PORT, HOST, ALLOW_UNAUTHENTICATED, ALLOWED_HOSTS, ALLOWED_ORIGINS, JOKE_API_URL } = result.data;
    if (!LOOPBACK.test(HOST) && !ALLOW_UNAUTHENTICATED) {
        throw new ConfigError([
            `HOST=${HOST} lets other machines in and nothing asks them who they are; ` +
                'set HOST=127.0.0.1, or ALLOW_UNAUTHENTICATED=true if that is what you want'
        ]);
    }
    return Object.freeze({
        port: PORT,
        host: HOST,
        allowedHosts: ALLOWED_HOSTS.map(host => host.toLowerCase()),
        allowedOrigins: ALLOWED_ORIGINS,
        jokeApiUrl: JOKE_API_URL
    });
}

function text(expected: string, isValid: (value: string) => boolean) {
    return z
        .string()
        .trim()
        .refine(isValid, {
            error: ({ path, input }) => `${path?.join('.')} must be ${expected}, got ${JSON.stringify(input)}`
        });
}

function list(expected: string, isValid: (item: string) => boolean) {
    const split = (value: string) => value.split(',').map(item => item.trim());
    return text(expected, value => split(value).every(isValid)).transform(split);
}

function isHost(value: string): boolean {
    return /^([\w-]+(\.[\w-]+)*|\[[\da-f:]+\])(:\d{1,5})?$/i.test(value);
}

function isOrigin(value: string): boolean {
    return isHttpUrl(value) && new URL(value).origin === value;
}

function isHttpUrl(value: string): boolean {
    return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
