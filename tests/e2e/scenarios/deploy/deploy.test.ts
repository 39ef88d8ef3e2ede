import { existsSync, readdirSync } from 'node:fs';
import { ConfigError, parseConfig } from '@calc/sse-server';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import {
    caddy,
    compose,
    defaults,
    directive,
    dockerfile,
    type Env,
    fly,
    imageEnv,
    kubernetesEnv,
    MCP_AUTH_TOKEN,
    nginx,
    read,
    redisArguments,
    root,
    toMs,
    unit,
    unitEnv
} from './files.ts';

/** What Docker Compose makes of `${NAME:-default}` and `${NAME:?message}`. */
function interpolate(template: Env, env: Env): Env {
    const fill = (text: string) =>
        text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name, kind, rest) => {
            if (env[name] === undefined && kind === '?') throw new Error(`${name}: ${rest}`);
            return env[name] ?? rest;
        });
    return Object.fromEntries(Object.entries(template).map(([name, text]) => [name, fill(text)]));
}

test('every variable in the files is one that the server reads', () => {
    const files = [imageEnv, unitEnv, compose.server.environment, fly.env, kubernetesEnv];
    const names = files.flatMap(env => Object.keys(env)).filter(name => name !== 'NODE_ENV');
    expect(names).toContain('BASE_PATH');
    for (const name of names) {
        // What it reads it can refuse, and no variable may be this.
        expect(() => parseConfig({ [name]: '\0' }), name).toThrow(ConfigError);
    }
});

test('the image requires a token, and listens on the port that it exposes', () => {
    expect(() => parseConfig(imageEnv)).toThrow('MCP_AUTH_TOKEN');
    const { port } = parseConfig({ ...imageEnv, MCP_AUTH_TOKEN });
    expect(dockerfile).toContainEqual({ instruction: 'EXPOSE', words: [String(port)] });
    expect(dockerfile).toContainEqual({ instruction: 'USER', words: ['1000:1000'] });
    expect(dockerfile.at(-1)).toEqual({
        instruction: 'CMD',
        words: ['["node",', '"apps/sse-server/dist/main.js"]']
    });
});

test('each file that the image copies exists, and .dockerignore does not exclude it', () => {
    const ignored = read('deploy/Dockerfile.dockerignore').split('\n');
    const isIgnored = (path: string) =>
        path.split('/').some((name, at, names) => {
            return ignored.includes(`**/${name}`) || ignored.includes(names.slice(0, at + 1).join('/'));
        });
    expect(isIgnored('packages/transport/dist')).toBe(true);
    const copies = dockerfile.filter(({ instruction }) => instruction === 'COPY').map(({ words }) => words);
    const sources = copies.filter(([first]) => !first?.startsWith('--from=')).flatMap(words => words.slice(0, -1));
    expect(sources).toContain('package-lock.json');
    for (const source of sources)
        expect([source, existsSync(root + source), isIgnored(source)]).toEqual([source, true, false]);
});

test('the image has package.json and sources of each package that the server needs', () => {
    const needed = new Set(['@calc/sse-server']);
    const folders = ['apps', 'packages'].flatMap(parent => readdirSync(root + parent).map(name => `${parent}/${name}`));
    const copied = new Set(dockerfile.flatMap(({ words }) => words));
    // A set takes what is added on the way.
    for (const name of needed) {
        const folder = folders.find(folder => JSON.parse(read(`${folder}/package.json`)).name === name);
        expect(copied).toContain(`${folder}/package.json`);
        expect(copied).toContain(folder);
        const { dependencies = {} } = JSON.parse(read(`${folder}/package.json`));
        for (const dependency of Object.keys(dependencies)) if (dependency.startsWith('@calc/')) needed.add(dependency);
    }
    expect(needed.size).toBeGreaterThan(3);
});

test('the image and the systemd unit run the production folder with NODE_ENV=production', () => {
    expect([imageEnv.NODE_ENV, unitEnv.NODE_ENV]).toEqual(['production', 'production']);
    const start = 'node apps/sse-server/dist/main.js';
    expect(unit.ExecStart).toEqual([`/usr/bin/env ${start}`]);
    expect(read('scripts/production.mjs')).toContain(`'${start}'`);
    expect(dockerfile).toContainEqual({ instruction: 'COPY', words: ['--from=build', '/app/production', './'] });
});

test('systemd gives the server time to stop and only the rights that it needs', () => {
    expect(unit.KillSignal).toEqual(['SIGTERM']);
    expect(1000 * Number(unit.TimeoutStopSec)).toBeGreaterThan(defaults.shutdownTimeoutMs);
    const { limits } = parseConfig({ ...unitEnv, MCP_AUTH_TOKEN });
    expect(Number(unit.LimitNOFILE)).toBeGreaterThan(limits.maxSessions);
    const gigabytes = (2 * limits.maxSessions * limits.maxBufferedBytes) / 1024 ** 3;
    expect(Number.parseInt(String(unit.MemoryMax), 10)).toBeGreaterThan(gigabytes);
    expect(unit).toMatchObject({
        DynamicUser: ['yes'],
        ProtectSystem: ['strict'],
        NoNewPrivileges: ['yes'],
        CapabilityBoundingSet: ['']
    });
    const docs = read('docs/deploy.md');
    for (const path of [...(unit.WorkingDirectory ?? []), ...(unit.EnvironmentFile ?? [])])
        expect(docs).toContain(path);
});

test('compose sets the variables that the server requires, and requires a token and a password of Redis', () => {
    const { environment, ...server } = compose.server;
    const given = { MCP_AUTH_TOKEN, REDIS_PASSWORD: 'sesame', ALLOWED_HOSTS: 'calc.example' };
    for (const name of ['MCP_AUTH_TOKEN', 'REDIS_PASSWORD'] as const) {
        const { [name]: _, ...others } = given;
        expect(() => interpolate(environment, others)).toThrow(name);
    }
    const config = parseConfig({ ...imageEnv, ...interpolate(environment, given) });
    expect(config).toMatchObject({ tokens: [MCP_AUTH_TOKEN], trustedProxies: 1, allowedHosts: ['calc.example'] });
    const { ALLOWED_HOSTS, ...required } = given;
    expect(parseConfig(interpolate(environment, required)).allowedHosts).toEqual([]);
    expect(server.ports).toBeUndefined();
    expect(existsSync(`${root}deploy/${server.build.context}/${server.build.dockerfile}`)).toBe(true);
    expect(toMs(server.stop_grace_period)).toBeGreaterThan(defaults.shutdownTimeoutMs);
});

test('compose has several servers, which reach Redis, and no one else does', () => {
    const { server, redis, nginx: proxy } = compose;
    expect(server.deploy.replicas).toBe(3);
    expect(server.depends_on.redis).toEqual({ condition: 'service_healthy' });
    expect(new URL(server.environment.REDIS_URL.replace(/\$\{.*?\}/, 'sesame'))).toMatchObject({
        username: 'calc',
        password: 'sesame',
        host: 'redis:6379'
    });
    expect([server.networks, redis.networks, proxy.networks]).toEqual([['default', 'redis'], ['redis'], undefined]);
    expect(parseYaml(read('deploy/compose.yaml')).networks).toEqual({ redis: { internal: true } });
    expect(redis.ports).toBeUndefined();
    expect(redisArguments('sesame')).toContain('>sesame');
});

test('nginx, compose and the server use the same ports, prefix and limits', () => {
    const { BASE_PATH } = compose.server.environment;
    expect(nginx).toContain(`location ${BASE_PATH}/ {`);
    expect(nginx).toContain(`server server:${imageEnv.PORT};`);
    const listens = [...nginx.matchAll(/listen (\d+)/g)].map(([, port]) => port);
    expect(compose.nginx.ports).toEqual([`80:${listens[0]}`, `443:${listens[1]}`]);
    expect(compose.nginx.volumes[0]).toBe('./nginx.conf:/etc/nginx/nginx.conf:ro');
    expect(compose.nginx.volumes[1]).toMatch(/:\/etc\/nginx\/certs:ro$/);
    expect(directive(nginx, 'ssl_certificate')).toBe('/etc/nginx/certs/tls.crt');
    const patience = toMs(directive(nginx, 'worker_shutdown_timeout'));
    expect(toMs(compose.nginx.stop_grace_period)).toBeGreaterThan(patience);
    expect(toMs(directive(nginx, 'keepalive_timeout'))).toBeLessThan(defaults.keepAliveMs);
    const readTimeout = toMs(directive(nginx, 'proxy_read_timeout'));
    expect(readTimeout).toBeGreaterThan(2 * defaults.limits.heartbeatMs);
    // Nothing else tells nginx that a server is frozen.
    expect(readTimeout).toBeLessThan(10 * defaults.limits.heartbeatMs);
    expect(Number.parseInt(directive(nginx, 'client_max_body_size'), 10) * 1024 ** 2).toBeGreaterThan(
        defaults.limits.maxMessageBytes
    );
    expect(Number(directive(nginx, 'worker_connections'))).toBeGreaterThan(2 * defaults.limits.maxSessions);
    expect(compose.nginx.ulimits.nofile).toBe(Number(directive(nginx, 'worker_rlimit_nofile')));
    expect(compose.server.ulimits.nofile).toBeGreaterThan(defaults.limits.maxSessions);
});

test('Caddy uses the same prefix and limits', () => {
    const { BASE_PATH } = compose.server.environment;
    expect(caddy).toContain(`handle_path ${BASE_PATH}/* {`);
    expect(caddy).toContain(`{$UPSTREAM:127.0.0.1:${imageEnv.PORT}}`);
    expect(directive(caddy, 'max_size')).toBe('5MiB');
    expect(toMs(directive(caddy, 'keepalive'))).toBeLessThan(defaults.keepAliveMs);
    expect(toMs(directive(caddy, 'read_timeout'))).toBe(toMs(directive(nginx, 'proxy_read_timeout')));
    expect(caddy).not.toMatch(/^\s*flush_interval/m);
});

test('docs/deploy.md mentions every file of deploy/', () => {
    const docs = read('docs/deploy.md');
    const files = readdirSync(`${root}deploy`, { recursive: true, withFileTypes: true }).filter(entry =>
        entry.isFile()
    );
    for (const { name } of files) expect(docs).toMatch(new RegExp(`[\`/]${name.replaceAll('.', '\\.')}\``));
});
