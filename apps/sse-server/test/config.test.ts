import { defaultLimits } from '@calc/sse';
import { expect, test } from 'vitest';
import { ConfigError, parseConfig, toUrlHost } from '../src/config.ts';

function problemsOf(env: Record<string, string>): readonly string[] {
    try {
        parseConfig(env);
    } catch (error) {
        if (error instanceof ConfigError) return error.problems;
        throw error;
    }
    return [];
}

test('without any variable the server is for this machine, on port 3001', () => {
    expect(parseConfig({})).toEqual({
        port: 3001,
        host: '127.0.0.1',
        allowedHosts: [],
        allowedOrigins: [],
        jokeApiUrl: 'https://api.chucknorris.io/jokes/random',
        limits: defaultLimits,
        shutdownTimeoutMs: 10_000
    });
    expect(parseConfig({ PORT: '', HOST: '  ', HOME: '/root' })).toEqual(parseConfig({}));
});

test('a variable that cannot be used is named, with what was expected', () => {
    const bad = {
        PORT: ['abc', '-1', '65536', '3001.5', '0x10', '1e3'],
        HOST: ['http://localhost', 'a b', '999.1.1.1', '::x'],
        ALLOW_UNAUTHENTICATED: ['yes', '1', 'TRUE'],
        ALLOWED_HOSTS: ['https://a.example', 'a.example/', 'a.example,,b.example', '*'],
        ALLOWED_ORIGINS: ['a.example', 'https://a.example/', 'null', '*'],
        JOKE_API_URL: ['jokes', 'file:///etc/passwd'],
        MAX_SESSIONS: ['0', '1000001', 'many'],
        MAX_IN_FLIGHT: ['0', '-1'],
        MAX_MESSAGE_BYTES: ['1023', '4MiB', '1073741825'],
        MAX_BUFFERED_BYTES: ['1023', '1e6'],
        HEARTBEAT_MS: ['0', '9', '15s'],
        RESUME_WINDOW_MS: ['-1', '2147483648'],
        SESSION_IDLE_MS: ['0', '1.5'],
        SHUTDOWN_TIMEOUT_MS: ['soon', '99999999999']
    };
    for (const [name, values] of Object.entries(bad)) {
        for (const value of values) {
            const problems = problemsOf({ [name]: value });
            expect(problems, `${name}=${value}`).toHaveLength(1);
            expect(problems[0]).toMatch(new RegExp(`^${name} must be .*, got `));
        }
    }
    expect(problemsOf({ PORT: 'x', HOST: '/', JOKE_API_URL: 'x' })).toHaveLength(3);
    expect(problemsOf({ PORT: 'x', HOST: '0.0.0.0' })).toEqual([
        expect.stringMatching('^PORT '),
        expect.stringMatching('^HOST=0.0.0.0 ')
    ]);
});

test('every loopback address may be listened on without more ado', () => {
    for (const HOST of ['localhost', '127.0.0.1', '127.1.2.3', '::1']) expect(parseConfig({ HOST }).host).toBe(HOST);
    for (const HOST of ['0.0.0.0', '::', '192.168.1.2', 'calc.example']) {
        expect(problemsOf({ HOST })).toEqual([expect.stringMatching(`^HOST=${HOST} .*ALLOW_UNAUTHENTICATED=true`)]);
        expect(parseConfig({ HOST, ALLOW_UNAUTHENTICATED: 'true' }).host).toBe(HOST);
    }
});

test('a host stands in URLs as everybody writes it', () => {
    const hosts = ['Calc.Example', '127.0.0.1', '::1', '::FFFF:127.0.0.1'];
    expect(hosts.map(toUrlHost)).toEqual(['calc.example', '127.0.0.1', '[::1]', '[::ffff:7f00:1]']);
});
