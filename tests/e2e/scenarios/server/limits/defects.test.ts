import { openMcp, openStream, runNode, send, serverMain, startSse } from '@calc/test-helpers';
import { expect } from 'vitest';
import { createServer } from '../../../helpers/fixtures.ts';
import { proves } from '../../../helpers/proves.ts';

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
            refused: fail,
            defect: (error: Error) => defects.push(error.message)
        };
        await using server = await startSse({ createServer, observer });
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

/** Makes a process reject a promise that nothing waits for, when it gets a signal. */
const REJECTING = `process.on('SIGUSR2', () => void Promise.reject(new Error('nothing waits for this')))`;

proves(
    ['error.defect', 'metrics.text'],
    'a rejection that nothing handles is logged and counted, and ends nothing',
    async () => {
        await using server = runNode(serverMain, [], {
            PORT: '0',
            LOG_FORMAT: 'json',
            NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(REJECTING)}`
        });
        const [, url = ''] = await server.printed(/^HTTP\+SSE +(\S+)$/m);
        server.kill('SIGUSR2');
        const metrics = async () => (await send(new URL('/metrics', url))).body;
        await expect.poll(metrics).toContain('mcp_unhandled_rejections_total 1');
        await using stream = await openStream(url);
        expect(await stream.request(1, 'ping')).toMatchObject({ id: 1, result: {} });
        server.kill('SIGTERM');
        const { code, stdout, stderr } = await server.ended;
        expect([code, stdout + stderr]).toEqual([0, expect.stringContaining('nothing waits for this')]);
    }
);
