import { defaultLimits } from '@calc/transport/server';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { formatHelp } from '../../src/config/help.ts';
import { variables } from '../../src/config/variables.ts';
import { malformed } from './malformed.ts';

function problemsOf(env: Record<string, string>): readonly string[] {
    try {
        parseConfig(env);
    } catch (error) {
        if (error instanceof ConfigError) return error.message.split('\n');
        throw error;
    }
    return [];
}

test('the default configuration serves this machine only, on port 3001', () => {
    expect(parseConfig({})).toEqual({
        port: 3001,
        host: '127.0.0.1',
        isReachable: false,
        workers: 1,
        redisUrl: undefined,
        basePath: '',
        tokens: [],
        allowedHosts: [],
        allowedOrigins: [],
        trustedProxies: 0,
        requireHttps: false,
        rateLimit: { requests: 6000, windowMs: 60_000 },
        limits: defaultLimits,
        shutdownTimeoutMs: 10_000,
        keepAliveMs: 75_000,
        requestTimeoutMs: 30_000,
        tls: undefined,
        log: { level: 'info', format: undefined },
        jokeApi: { url: 'https://api.chucknorris.io/jokes/random', timeoutMs: 3000 },
        teachingFaults: false
    });
    expect(parseConfig({ PORT: '', HOST: '  ', HOME: '/root' })).toEqual(parseConfig({}));
});

test('the limits are what the contract says', () => {
    expect(defaultLimits).toEqual({
        maxSessions: 10_000,
        maxInFlight: 256,
        maxMessageBytes: 4 * 1024 * 1024,
        maxBufferedBytes: 1024 * 1024,
        heartbeatMs: 15_000,
        maxDepth: 64,
        maxMembers: 10_000,
        resumeWindowMs: 60_000,
        maxRememberedPosts: 16_384,
        sessionIdleMs: 1_800_000,
        streamlessIdleMs: 300_000,
        unusedIdleMs: 60_000,
        retryMs: 2000
    });
});

test('every variable is read', () => {
    const config = parseConfig({
        PORT: '8080',
        HOST: ' 0.0.0.0 ',
        WORKERS: '4',
        REDIS_URL: 'rediss://calc:p%40ss@[::1]:6380/2',
        BASE_PATH: '/calc/v1',
        MCP_AUTH_TOKEN: 'abc-._~+/==, def',
        ALLOWED_HOSTS: 'Calc.Example, [::1]:80',
        ALLOWED_ORIGINS: 'https://app.example,http://localhost:5173',
        TRUST_PROXY: '2',
        REQUIRE_HTTPS: 'true',
        RATE_LIMIT: '5/second',
        MAX_SESSIONS: '1',
        MAX_IN_FLIGHT: '2',
        MAX_MESSAGE_BYTES: '1024',
        MAX_BUFFERED_BYTES: '2048',
        HEARTBEAT_MS: '10',
        RESUME_WINDOW_MS: '0',
        RETRY_MS: '100',
        SESSION_IDLE_MS: '20',
        SESSION_STREAMLESS_MS: '30',
        SESSION_UNUSED_MS: '40',
        SHUTDOWN_TIMEOUT_MS: '0',
        KEEP_ALIVE_MS: '1',
        REQUEST_TIMEOUT_MS: '100',
        LOG_LEVEL: 'trace',
        LOG_FORMAT: 'pretty',
        JOKE_API_URL: 'http://127.0.0.1:8081/joke',
        JOKE_API_TIMEOUT_MS: '500'
    });
    expect(config).toEqual({
        port: 8080,
        host: '0.0.0.0',
        isReachable: true,
        workers: 4,
        redisUrl: 'rediss://calc:p%40ss@[::1]:6380/2',
        basePath: '/calc/v1',
        tokens: ['abc-._~+/==', 'def'],
        allowedHosts: ['calc.example', '[::1]:80'],
        allowedOrigins: ['https://app.example', 'http://localhost:5173'],
        trustedProxies: 2,
        requireHttps: true,
        rateLimit: { requests: 5, windowMs: 1000 },
        limits: {
            ...defaultLimits,
            maxSessions: 1,
            maxInFlight: 2,
            maxMessageBytes: 1024,
            maxBufferedBytes: 2048,
            heartbeatMs: 10,
            resumeWindowMs: 0,
            retryMs: 100,
            sessionIdleMs: 20,
            streamlessIdleMs: 30,
            unusedIdleMs: 40
        },
        shutdownTimeoutMs: 0,
        keepAliveMs: 1,
        requestTimeoutMs: 100,
        tls: undefined,
        log: { level: 'trace', format: 'pretty' },
        jokeApi: { url: 'http://127.0.0.1:8081/joke', timeoutMs: 500 },
        teachingFaults: false
    });
    expect(parseConfig({ TEACHING_FAULTS: 'true' }).teachingFaults).toBe(true);
    expect(parseConfig({ RATE_LIMIT: 'off' }).rateLimit).toBeNull();
    expect(parseConfig({ RATE_LIMIT: '7/hour' }).rateLimit).toEqual({ requests: 7, windowMs: 3_600_000 });
    expect(parseConfig({ TRUST_PROXY: 'false' }).trustedProxies).toBe(0);
});

test.each(malformed)('an invalid configuration has one line for each mistake: $name', ({ env, lines }) => {
    expect(problemsOf(env)).toEqual(lines);
});

test('an error has the variable, what is expected and the value, at both ends of the range', () => {
    const bad = {
        PORT: ['-1', '65536', '3001.5', '0x10', '1e3', '99999999999'],
        HOST: ['http://localhost', 'a b', '999.1.1.1', '::x', 'localhost:3001', '[::1]'],
        BASE_PATH: ['calc', '/', '/calc/', '//calc', '/a b', '/a?b', 'https://a.example/calc'],
        ALLOW_UNAUTHENTICATED: ['yes', '1', 'TRUE'],
        ALLOWED_HOSTS: ['a.example/', 'a.example,,b.example', '*'],
        ALLOWED_ORIGINS: ['https://a.example/', 'null', '*'],
        TRUST_PROXY: ['-1', '101', 'loopback', '1.5'],
        REQUIRE_HTTPS: ['on'],
        RATE_LIMIT: ['0/minute', '-1/minute', '10/day', '10 / minute', '1.5/second', 'none'],
        MAX_SESSIONS: ['1000001', 'many'],
        MAX_IN_FLIGHT: ['0', '-1', '1000001'],
        MAX_MESSAGE_BYTES: ['1023', '1073741825'],
        MAX_BUFFERED_BYTES: ['1023', '1e6', '1073741825'],
        HEARTBEAT_MS: ['0', '9', '2147483648'],
        RESUME_WINDOW_MS: ['-1', '2147483648'],
        RETRY_MS: ['99', '2147483648'],
        SESSION_IDLE_MS: ['0', '9', '2147483648'],
        SESSION_STREAMLESS_MS: ['0', '9', '2147483648'],
        SESSION_UNUSED_MS: ['9', '2147483648'],
        SHUTDOWN_TIMEOUT_MS: ['-1', '99999999999'],
        KEEP_ALIVE_MS: ['-1', '2147483648'],
        REQUEST_TIMEOUT_MS: ['99', '2147483648'],
        LOG_LEVEL: ['INFO', 'log', '__proto__'],
        LOG_FORMAT: ['text', 'constructor'],
        JOKE_API_URL: ['jokes', 'file:///etc/passwd'],
        JOKE_API_TIMEOUT_MS: ['0', '3s'],
        TEACHING_FAULTS: ['on']
    };
    for (const [name, values] of Object.entries(bad)) {
        for (const value of values) {
            const problems = problemsOf({ [name]: value });
            expect(problems, `${name}=${value}`).toHaveLength(1);
            expect(problems[0]).toMatch(
                new RegExp(`^${name} must be .*, got ${JSON.stringify(value).replace(/[*?+[\]]/g, '\\$&')}$`)
            );
        }
    }
});

test('HOST may be any loopback address without a token', () => {
    for (const HOST of ['localhost', '127.0.0.1', '127.1.2.3', '::1']) expect(parseConfig({ HOST }).host).toBe(HOST);
    for (const HOST of ['0.0.0.0', '::', '192.168.1.2', 'calc.example']) {
        expect(problemsOf({ HOST })).toEqual([expect.stringMatching(`^HOST=${HOST} .*ALLOW_UNAUTHENTICATED=true`)]);
        expect(parseConfig({ HOST, ALLOW_UNAUTHENTICATED: 'true' }).host).toBe(HOST);
        expect(parseConfig({ HOST, MCP_AUTH_TOKEN: 'sesame' }).host).toBe(HOST);
    }
});

test('a server behind a proxy starts with a token, or with ALLOW_UNAUTHENTICATED', () => {
    for (const proxied of [{ TRUST_PROXY: '1' }, { ALLOWED_HOSTS: 'calc.example' }]) {
        expect(problemsOf(proxied)).toHaveLength(1);
        expect(problemsOf({ ...proxied, MCP_AUTH_TOKEN: 'sesame' })).toEqual([]);
        expect(problemsOf({ ...proxied, ALLOW_UNAUTHENTICATED: 'true' })).toEqual([]);
    }
});

test('--help has one line for each variable, in columns', () => {
    const [title, gap, ...lines] = formatHelp().trimEnd().split('\n');
    expect([title, gap]).toEqual(['Serves the calculator tools over MCP. Set environment variables to change it:', '']);
    const rows = lines.map(line => line.trim().split(/ {2,}/));
    expect(rows).toEqual(
        Object.entries(variables).map(([name, { shown, meaning }]) => [name, shown || 'empty', meaning])
    );
    expect(new Set(lines.map(line => line.indexOf(line.trim().split(/ {2,}/)[1] ?? '', 20))).size).toBe(1);
});

test('the default in the help is the actual default', () => {
    const inWords: Record<string, unknown> = {
        REDIS_URL: undefined,
        BASE_PATH: '',
        MCP_AUTH_TOKEN: [],
        ALLOWED_HOSTS: [],
        ALLOWED_ORIGINS: [],
        TLS_CERT: undefined,
        TLS_KEY: undefined,
        LOG_FORMAT: undefined
    };
    for (const [name, { kind, fallback, shown }] of Object.entries(variables)) {
        if (name in inWords) expect(fallback, name).toEqual(inWords[name]);
        else expect(kind.parse(shown), name).toEqual(fallback);
    }
});

test.each([
    ['ALLOWED_ORIGINS', 'https://*.example', 'wildcards are not supported, list each origin'],
    ['ALLOWED_ORIGINS', 'null', 'null is the origin of all files and sandboxed pages'],
    ['ALLOWED_ORIGINS', 'file://', 'file:// is the origin of all files and sandboxed pages'],
    ['ALLOWED_HOSTS', '*.example', 'wildcards are not supported, list each host']
])('%s=%s is rejected with the reason', (name, value, hint) => {
    const problems = problemsOf({ [name]: value, MCP_AUTH_TOKEN: 'sesame' });
    expect(problems).toEqual([expect.stringMatching(`^${name} must be .*, separated by commas \\(`)]);
    expect(problems[0]?.endsWith(`(${hint}), got "${value}"`), problems[0]).toBe(true);
});

test('an error does not repeat a password in a list', () => {
    for (const name of ['ALLOWED_ORIGINS', 'ALLOWED_HOSTS']) {
        const [problem] = problemsOf({ [name]: 'https://me:hunter2@a.example', MCP_AUTH_TOKEN: 'sesame' });
        expect(problem).toMatch(`${name} must be`);
        expect(problem).not.toMatch('hunter2');
    }
});

test('hosts and origins are read in any spelling', () => {
    const { allowedHosts, allowedOrigins } = parseConfig({
        ALLOWED_HOSTS: 'Calc.Example., ::1, [0:0::1]:0443, bücher.example:8443',
        ALLOWED_ORIGINS: 'HTTPS://App.Example:443, http://a.example:8080, Chrome-Extension://abc',
        MCP_AUTH_TOKEN: 'sesame'
    });
    expect(allowedHosts).toEqual(['calc.example', '[::1]', '[::1]:443', 'xn--bcher-kva.example:8443']);
    expect(allowedOrigins).toEqual(['https://app.example', 'http://a.example:8080', 'chrome-extension://abc']);
});
