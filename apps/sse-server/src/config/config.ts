import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { createSecureContext } from 'node:tls';
import { defaultLimits, type Limits } from '@calc/transport/server';
import type { z } from 'zod';
import { quote, type RateLimit } from './variable-kinds.ts';
import { variables } from './variables.ts';

/** What the environment variables of the process decide; see `variables.ts` for their meaning. */
export interface Config {
    /** TCP port; 0 takes any free one. */
    port: number;
    /** Address to listen on. */
    host: string;
    /** What a reverse proxy puts before every path; empty, or with a slash in front and none at the end. */
    basePath: string;
    /** Who knows one of these may come in; empty if nobody is asked. */
    tokens: readonly string[];
    /** Host names, beside the local ones, that requests may be addressed to; in lower case. */
    allowedHosts: readonly string[];
    /** Origins, beside the local ones, whose pages may send requests. */
    allowedOrigins: readonly string[];
    /** How many proxies in front are believed about the client. */
    trustedProxies: number;
    requireHttps: boolean;
    rateLimit: RateLimit | undefined;
    /** How much the sessions may take. */
    limits: Readonly<Limits>;
    /** How long calls in flight may take to be answered when the server stops, in milliseconds. */
    shutdownTimeoutMs: number;
    /** How long an idle connection stays open, in milliseconds. */
    keepAliveMs: number;
    /** How long a request's headers and body may take to arrive, in milliseconds. */
    requestTimeoutMs: number;
    /** Certificate and key in PEM; undefined for plain HTTP. */
    tls: { cert: string; key: string } | undefined;
    log: { level: Values['LOG_LEVEL']; format: Values['LOG_FORMAT'] };
    jokeApiUrl: string;
    /** Whether clients may break their own sessions. */
    teachingFaults: boolean;
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

type Variables = typeof variables;
type Values = { [Name in keyof Variables]: z.output<Variables[Name]['schema']> | Variables[Name]['fallback'] };

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

/**
 * Reads the configuration from environment variables; a variable that is set but empty counts as not set.
 *
 * @throws {ConfigError} with one problem for each mistake.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
    const problems: string[] = [];
    const values = parseVariables(env, problems);
    // A bad variable has its line already, and what it was meant to be is as good as said.
    const isBad = (name: keyof Variables) => problems.some(problem => problem.startsWith(`${name} `));
    const asks = values.MCP_AUTH_TOKEN.length > 0 || isBad('MCP_AUTH_TOKEN');
    const isOpen = values.ALLOW_UNAUTHENTICATED || isBad('ALLOW_UNAUTHENTICATED');
    if (!asks && !isOpen) problems.push(...explainOpenDoor(values));
    const isToldScheme = values.TRUST_PROXY > 0 || isBad('TRUST_PROXY') || values.TLS_CERT !== undefined;
    if (values.REQUIRE_HTTPS && !isToldScheme) {
        problems.push(
            'REQUIRE_HTTPS=true redirects nobody without a proxy that is trusted to say how a client came; ' +
                'set TRUST_PROXY to the number of proxies in front, or TLS_CERT and TLS_KEY'
        );
    }
    const isShared = !isLoopback(values.HOST) || values.TRUST_PROXY > 0 || values.ALLOWED_HOSTS.length > 0;
    if (values.TEACHING_FAULTS && isShared) {
        problems.push(
            'TEACHING_FAULTS=true is for this machine alone: HOST must be a loopback address such as 127.0.0.1, ' +
                'without TRUST_PROXY and ALLOWED_HOSTS'
        );
    }
    const tls = readTls(values, problems);
    if (problems.length > 0) throw new ConfigError(problems);
    return Object.freeze({
        port: values.PORT,
        host: values.HOST,
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
            sessionIdleMs: values.SESSION_IDLE_MS,
            streamlessIdleMs: values.SESSION_STREAMLESS_MS,
            unusedIdleMs: values.SESSION_UNUSED_MS
        }),
        shutdownTimeoutMs: values.SHUTDOWN_TIMEOUT_MS,
        keepAliveMs: values.KEEP_ALIVE_MS,
        requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
        tls,
        log: Object.freeze({ level: values.LOG_LEVEL, format: values.LOG_FORMAT }),
        jokeApiUrl: values.JOKE_API_URL,
        teachingFaults: values.TEACHING_FAULTS
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

/**
 * Why other machines could use the server without authentication; nothing if they cannot. A proxy on this machine lets
 * them in just as a public address does.
 */
function explainOpenDoor({ HOST, TRUST_PROXY, ALLOWED_HOSTS }: Values): string[] {
    const isWanted = 'ALLOW_UNAUTHENTICATED=true if that is what you want';
    if (!isLoopback(HOST)) {
        return [
            `HOST=${HOST} lets other machines in and nothing asks them who they are; ` +
                `set MCP_AUTH_TOKEN, or HOST=127.0.0.1, or ${isWanted}`
        ];
    }
    if (TRUST_PROXY === 0 && ALLOWED_HOSTS.length === 0) return [];
    const [name, value] = TRUST_PROXY > 0 ? ['TRUST_PROXY', TRUST_PROXY] : ['ALLOWED_HOSTS', ALLOWED_HOSTS.join(',')];
    return [
        `${name}=${value} means that other machines reach this server through a proxy, and no token is required of them; ` +
            `set MCP_AUTH_TOKEN, or remove ${name}, or set ${isWanted}`
    ];
}

/** Every variable's value; where it is bad, its default, and a line more in `problems`. */
function parseVariables(env: Readonly<Record<string, string | undefined>>, problems: string[]): Values {
    const values = Object.entries(variables).map(([name, { schema, fallback }]) => {
        const text = env[name]?.trim();
        if (!text) return [name, fallback];
        const result = schema.safeParse(text);
        if (result.success) return [name, result.data];
        problems.push(...result.error.issues.map(({ message }) => `${name} ${message}`));
        return [name, fallback];
    });
    return Object.fromEntries(values);
}

function readTls({ TLS_CERT, TLS_KEY }: Values, problems: string[]): Config['tls'] {
    if (TLS_CERT === undefined && TLS_KEY === undefined) return undefined;
    const cert = readPem('TLS_CERT', TLS_CERT, problems);
    const key = readPem('TLS_KEY', TLS_KEY, problems);
    if (cert === undefined || key === undefined) return undefined;
    try {
        if (!cert.trim() || !key.trim()) throw new Error('the file is empty');
        createSecureContext({ cert, key });
        return Object.freeze({ cert, key });
    } catch (error) {
        const reason = error instanceof Error ? error.message : error;
        problems.push(`TLS_CERT and TLS_KEY must be a certificate and its key in PEM: ${reason}`);
        return undefined;
    }
}

function readPem(name: string, path: string | undefined, problems: string[]): string | undefined {
    if (path === undefined) {
        problems.push(`${name} must be set too: TLS wants both a certificate and its key`);
        return undefined;
    }
    try {
        return readFileSync(path, 'utf8');
    } catch {
        problems.push(`${name} must be the path of a file that can be read, got ${quote(path)}`);
        return undefined;
    }
}
