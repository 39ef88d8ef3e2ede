import { proves } from '@calc/test-helpers/proves';
import { createServer, openMcp, openStream, send, serveTransport } from '@calc/test-helpers/wire';
import { expect } from 'vitest';
import { systemClock } from '../../src/server/system-clock.ts';

const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'n', version: '1' } }
};
const post = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };

proves(
    ['error.defect'],
    'an error thrown while a request is handled is answered with 500, and the server continues',
    async () => {
        let isBroken = false;
        const defects: string[] = [];
        const fail = () => {
            throw new Error('defect');
        };
        await using server = await serveTransport({
            createServer,
            observer: { defect: error => defects.push(error.message) },
            credentialOf: ({ method }) => (isBroken && method === 'POST' ? fail() : undefined),
            clock: {
                now: systemClock.now,
                schedule(callback, ms) {
                    if (!isBroken) return systemClock.schedule(callback, ms);
                    isBroken = false;
                    return fail();
                }
            }
        });
        await using stream = await openStream(server.sseUrl);
        await using session = await openMcp(server.mcpUrl);
        const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };

        isBroken = true;
        const answers = await Promise.all([
            stream.post(ping),
            session.post({ ...ping, method: 'notifications/unheard-of', id: undefined }),
            send(server.mcpUrl, { method: 'POST', headers: post, body: JSON.stringify(initialize) })
        ]);
        for (const { status, body } of answers) {
            expect([status, JSON.parse(body).error]).toEqual([500, { code: -32603, message: 'Internal error' }]);
        }
        // A response that has begun cannot become 500.
        await expect(openStream(server.sseUrl)).rejects.toThrow();
        expect(defects).toEqual(Array.from({ length: 4 }, () => 'defect'));

        expect(await stream.request(2, 'ping')).toMatchObject({ id: 2, result: {} });
        expect(await session.request(2, 'ping')).toMatchObject({ id: 2, result: {} });
    }
);
