import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
    findPort,
    hasOpenssl,
    makeCertificate,
    openMcp,
    openStream,
    type RedisProcess,
    type RunningProcess,
    redisPath,
    runNode,
    runRedis,
    send,
    serverMain,
    startServer
} from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, JSON_TYPE } from '../../helpers/credentials.ts';
import { MCP_AUTH_TOKEN, redisArguments } from './files.ts';

// Redis as deploy/compose.yaml starts it, but with TLS, and the user whose rights docs/scale.md lists.

const PASSWORD = 'a-password-of-the-test';
const ADMIN = ['--user', 'admin', 'on', `>${PASSWORD}`, '~*', '&*', '+@all'];

let folder: string;
let [cert, key, otherCert] = ['', '', ''];
let redis: RedisProcess;
let tlsPort: number;

beforeAll(async () => {
    if (!redisPath || !hasOpenssl) return;
    folder = await mkdtemp(join(tmpdir(), 'redis-tls-'));
    [cert, key, otherCert] = [join(folder, 'cert.pem'), join(folder, 'key.pem'), join(folder, 'other.pem')];
    await makeCertificate(cert, key);
    await makeCertificate(otherCert, join(folder, 'other-key.pem'));
    tlsPort = await findPort();
    const files = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert];
    const tls = ['--tls-port', String(tlsPort), '--tls-auth-clients', 'no', ...files];
    redis = await runRedis([...tls, ...redisArguments(PASSWORD), ...ADMIN]);
});

afterAll(async () => {
    await redis?.[Symbol.asyncDispose]();
    if (folder) await rm(folder, { recursive: true });
});

async function connectAs(user: string) {
    const client = createClient({ url: `redis://${user}@127.0.0.1:${redis.port}` });
    client.on('error', () => {});
    await client.connect();
    return Object.assign(client, { [Symbol.dispose]: () => client.destroy() });
}

/** A server as a process of its own. */
async function runServer(env: Record<string, string> = {}): Promise<RunningProcess & { url: string }> {
    const REDIS_URL = `rediss://calc:${PASSWORD}@localhost:${tlsPort}`;
    const server = runNode(serverMain, [], { PORT: '0', MCP_AUTH_TOKEN, REDIS_URL, LOG_FORMAT: 'json', ...env });
    const [, url = ''] = await server.printed(/^HTTP\+SSE +(http\S+)\/sse$/m);
    return Object.assign(server, { url });
}

async function readinessOf({ url }: { url: string }) {
    const { status, body } = await send(`${url}/ready`);
    return [status, JSON.parse(body)];
}

/** A server that has connected to Redis, which may take longer than its start on a busy machine. */
async function runReady() {
    const server = await runServer(TRUSTED());
    await expect.poll(() => readinessOf(server)).toEqual([200, { status: 'ready' }]);
    return server;
}

const unready = (reason: RegExp) => [503, { status: 'redis-unavailable', reason: expect.stringMatching(reason) }];
const TRUSTED = () => ({ NODE_EXTRA_CA_CERTS: cert });
const TOKEN = bearer(MCP_AUTH_TOKEN);
const POST_HEADERS = { ...TOKEN, ...JSON_TYPE };

describe.skipIf(!redisPath || !hasOpenssl)('Redis with TLS and the user of compose.yaml', () => {
    proves(['redis.ready'], '/ready says that the certificate of Redis is not trusted', async () => {
        await using _ = await runReady();
        await using without = await runServer();
        await using wrong = await runServer({ NODE_EXTRA_CA_CERTS: otherCert });
        for (const server of [without, wrong]) {
            expect(await readinessOf(server)).toEqual(unready(/^Redis is not available: self-signed certificate$/));
            expect(server.log).not.toContain(PASSWORD);
        }
    });

    test('the user has every right that two processes need, from the first session to the end of a process', async () => {
        using admin = await connectAs(`admin:${PASSWORD}`);
        await admin.sendCommand(['ACL', 'LOG', 'RESET']);
        await admin.configResetStat();
        await using first = await runReady();
        await using second = await runReady();

        const body = JSON.stringify({ token: MCP_AUTH_TOKEN });
        const login = await send(`${first.url}/login`, { method: 'POST', headers: JSON_TYPE, body });
        const cookie = { Cookie: String(login.headers['set-cookie']).split(';')[0] ?? '' };
        expect((await send(`${second.url}/sse`, { method: 'HEAD', headers: cookie })).status).toBe(200);
        await send(`${second.url}/logout`, { method: 'POST', headers: cookie });
        expect((await send(`${first.url}/sse`, { method: 'HEAD', headers: cookie })).status).toBe(401);

        await using stream = await openStream(`${first.url}/sse`, TOKEN);
        const post = (message: object, headers = {}) =>
            send(`${second.url}/messages?sessionId=${stream.sessionId}`, {
                method: 'POST',
                headers: { ...POST_HEADERS, ...headers },
                body: JSON.stringify({ jsonrpc: '2.0', ...message })
            });
        const clientInfo = { name: 'test', version: '1' };
        const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
        const marked = { 'Idempotency-Key': '"one"' };
        expect((await post({ id: 0, method: 'initialize', params })).status).toBe(202);
        await stream.findReply(0);
        await post({ method: 'notifications/initialized' });
        await post({ id: 1, method: 'resources/subscribe', params: { uri: 'clock://now' } });
        for (const _ of [1, 2]) expect((await post({ id: 2, method: 'ping' }, marked)).status).toBe(202);
        await stream.findReply(2);
        await post({ id: 'slow', method: 'tools/call', params: { name: 'random-joke' } });
        await post({ method: 'notifications/cancelled', params: { requestId: 'slow' } });

        await using mcp = await openMcp(`${first.url}/mcp`, { headers: TOKEN });
        for (const id of [1, 2]) await mcp.request(id, 'ping');
        await mcp.open();
        expect((await mcp.delete()).status).toBe(204);

        first.kill('SIGKILL');
        await stream.ended;
        expect((await post({ id: 3, method: 'ping' })).status).toBe(202);
        await using resumed = await openStream(`${second.url}/sse`, { ...TOKEN, 'Last-Event-ID': stream.lastEventId });
        expect(resumed.sessionId).toBe(stream.sessionId);
        await resumed.findReply(3);
        second.kill('SIGTERM');
        await second.ended;

        expect(await admin.sendCommand(['ACL', 'LOG'])).toEqual([]);
        expect(await admin.info('commandstats')).not.toMatch(/rejected_calls=[1-9]/);
        for (const { log } of [first, second]) expect(log).not.toMatch(/Redis refused/);
    });

    test('without one of its rights, /ready or the log says so', async () => {
        using admin = await connectAs(`admin:${PASSWORD}`);
        const REDIS_URL = `redis://calc:${PASSWORD}@127.0.0.1:${redis.port}`;
        const LACKS = / \(its user lacks a right\)$/;
        for (const right of ['+info', '+xread', '+evalsha', '+hmget', '+zadd', '~calc:*']) {
            const without = right.startsWith('+') ? right.replace('+', '-') : 'resetkeys';
            await admin.sendCommand(['ACL', 'SETUSER', 'calc', without]);
            await admin.sendCommand(['SCRIPT', 'FLUSH']);
            await using server = await startServer({ MCP_AUTH_TOKEN, REDIS_URL });
            await expect.poll(() => readinessOf(server), { message: right }).toEqual(unready(LACKS));
            if (['+info', '+xread', '+evalsha'].includes(right)) {
                expect(await readinessOf(server)).toEqual(unready(new RegExp(`NOPERM .*${right.slice(1)}`)));
            }
            await admin.sendCommand(['ACL', 'SETUSER', 'calc', right]);
            await expect.poll(() => readinessOf(server)).toEqual([200, { status: 'ready' }]);
        }

        // These are only needed for some requests.
        await admin.sendCommand(['ACL', 'SETUSER', 'calc', '-xlen', '-script|load']);
        await using server = await runReady();
        // A script that Redis has need not be loaded.
        await admin.sendCommand(['SCRIPT', 'FLUSH']);
        await using stream = await openStream(`${server.url}/sse`, TOKEN);
        expect((await stream.post({ jsonrpc: '2.0', id: 1, method: 'ping' }, POST_HEADERS)).status).toBe(503);
        await server.logged(/"Redis refused a command: .*its user lacks a right/);
        await server.logged(/Redis refused a command of the rate or a sign-in/);
        await admin.sendCommand(['ACL', 'SETUSER', 'calc', '+xlen', '+script|load']);
    });

    test('without a password, a client of Redis can do nothing but ping', async () => {
        using client = await connectAs('');
        expect(await client.ping()).toBe('PONG');
        for (const command of [
            ['GET', 'calc:1:epoch'],
            ['KEYS', '*'],
            ['EVAL', 'return 1', '0'],
            ['ACL', 'LIST']
        ]) {
            await expect(client.sendCommand(command)).rejects.toThrow(/^NOPERM/);
        }
    });
});
