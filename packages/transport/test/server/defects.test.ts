import { proves } from '@calc/test-helpers/proves';
import { createServer, openMcp, openStream, send, serveTransport } from '@calc/test-helpers/wire';
import { expect } from 'vitest';

const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'n', version: '1' } }
};
const post = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };

proves(
    ['error.defect'],
    'a defect in the handling of a request is answered with 500, and the server continues',
    async () => {
        let isBroken = false;
        const defects: string[] = [];
        const fail = () => {
            if (isBroken) throw new Error('defect');
        };
        const observer = {
            received: fail,
            opened: fail,
            rejected: fail,
            defect: (error: Error) => defects.push(error.message)
        };
        await using server = await serveTransport({ createServer, observer });
        await using stream = await openStream(server.sseUrl);
        await using session = await openMcp(server.mcpUrl);
        const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };

        isBroken = true;
        const answers = await Promise.all([
            stream.post(ping),
            session.post({ ...ping, method: 'notifications/unheard-of', id: undefined }),
            send(server.mcpUrl, { method: 'POST', headers: post, body: JSON.stringify(initialize) }),
            send(server.mcpUrl, { method: 'POST', headers: post, body: '{' }),
            send(server.mcpUrl, { method: 'PUT' })
        ]);
        for (const { status, body } of answers) {
            expect([status, JSON.parse(body).error]).toEqual([500, { code: -32603, message: 'Internal error' }]);
        }
        // An answer that has begun cannot become 500.
        await expect(openStream(server.sseUrl)).rejects.toThrow();
        expect(defects).toEqual(Array.from({ length: 6 }, () => 'defect'));

        isBroken = false;
        expect(await stream.request(2, 'ping')).toMatchObject({ id: 2, result: {} });
        expect(await session.request(2, 'ping')).toMatchObject({ id: 2, result: {} });
    }
);
