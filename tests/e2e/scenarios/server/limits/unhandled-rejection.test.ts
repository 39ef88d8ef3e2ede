import { openStream, runNode, send, serverMain } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

/** Makes a process reject a promise that nothing waits for, when it gets a signal. */
const REJECTING = `process.on('SIGUSR2', () => void Promise.reject(new Error('nothing waits for this')))`;

proves(
    ['error.defect', 'metrics.text'],
    'an unhandled rejection is logged and counted, and the server continues',
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
