import { openMcp, openStream, send } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';
import { runWorkers } from './run-workers.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const ping = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' });

proves(['workers.any', 'access.session-owner', 'access.sign-in'], 'a credential is known at each worker', async () => {
    await using server = await runWorkers(2, { MCP_AUTH_TOKEN: 'one,two' });
    const [one, two] = ['one', 'two'].map(token => ({ Authorization: `Bearer ${token}` }));
    await using stream = await openStream(`${server.url}/sse`, one);
    // What a worker adds for the owner. A client's own is left out.
    const forged = { 'calc-forwarded': JSON.stringify({ auth: { token: 'one', clientId: 'token-1', scopes: [] } }) };
    for (let id = 0; id < 4; id++) {
        expect((await stream.post(ping(id), { ...JSON_TYPE, ...one })).status).toBe(202);
        await stream.findReply(id);
        expect((await stream.post(ping(id), { ...JSON_TYPE, ...two })).status).toBe(404);
        expect((await stream.post(ping(id), JSON_TYPE)).status).toBe(401);
        expect((await stream.post(ping(id), { ...JSON_TYPE, ...two, ...forged })).status).toBe(404);
    }
    const body = JSON.stringify({ token: 'one' });
    for (let round = 0; round < 3; round++) {
        const signedIn = await send(`${server.url}/login`, { method: 'POST', headers: JSON_TYPE, body });
        const Cookie = String(signedIn.headers['set-cookie']?.[0]?.split(';', 1)[0]);
        await using session = await openMcp(`${server.url}/mcp`, { headers: { Cookie } });
        for (let id = 0; id < 4; id++) {
            expect(await session.request(id, 'ping')).toMatchObject({ result: {} });
            expect((await stream.post(ping(id), { ...JSON_TYPE, Cookie })).status).toBe(202);
        }
        await send(`${server.url}/logout`, { method: 'POST', headers: { Cookie } });
        for (let id = 0; id < 4; id++) expect((await session.post(ping(id))).status).toBe(401);
    }
    // A worker that starts later knows the browsers that have signed in.
    const signedIn = await send(`${server.url}/login`, { method: 'POST', headers: JSON_TYPE, body });
    const Cookie = String(signedIn.headers['set-cookie']?.[0]?.split(';', 1)[0]);
    process.kill(server.pidOf(1), 'SIGKILL');
    await expect.poll(() => server.started).toEqual([1, 2, 3]);
    for (let time = 0; time < 4; time++) {
        expect((await send(`${server.url}/sse`, { method: 'HEAD', headers: { Cookie } })).status).toBe(200);
    }
});

proves(
    ['workers.any', 'access.proxy'],
    "the owner of a session sees the client's address, not the worker's",
    async () => {
        const env = { TRUST_PROXY: '1', ALLOW_UNAUTHENTICATED: 'true' };
        await using server = await runWorkers(2, env);
        const headers = { 'X-Forwarded-For': '203.0.113.7' };
        await using stream = await openStream(`${server.url}/sse`, headers);
        for (let time = 0; time < 4; time++) {
            expect(
                (await send(stream.endpoint, { method: 'POST', headers: { ...headers, ...JSON_TYPE }, body: 'no' }))
                    .status
            ).toBe(400);
            expect((await send(stream.endpoint, { method: 'POST', headers: JSON_TYPE, body: 'no' })).status).toBe(400);
        }
        server.kill('SIGTERM');
        const { stderr } = await server.ended;
        const addresses = [...stderr.matchAll(/"address":"([^"]+)","status":400/g)].map(([, address]) => address);
        // Each refusal is reported once.
        expect(addresses).toEqual(Array(4).fill(['203.0.113.7', '127.0.0.1']).flat());
    }
);
