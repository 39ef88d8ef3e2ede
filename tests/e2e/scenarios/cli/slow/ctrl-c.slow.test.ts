import { clientMain, runNode, startJokeApi, startServer } from '@calc/test-helpers';
import { describe, expect, test } from 'vitest';

describe.each(['mcpUrl', 'sseUrl'] as const)('Ctrl-C during a call to %s', path => {
    test.each([[[]], [['--json']]])('cancels it at the server and exits with 130 %j', async options => {
        await using api = await startJokeApi('hangs');
        await using busy = await startServer(api.env);
        await using child = runNode(clientMain, ['call', 'random-joke', '--url', busy[path], ...options]);
        await api.asked;
        child.kill('SIGINT');
        const { code, stdout, stderr } = await child.ended;
        expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
        const error = { code: 'interrupted', message: 'interrupted', exitCode: 130 };
        expect(stderr).toBe(options.length > 0 ? `${JSON.stringify({ error })}\n` : 'interrupted\n');
        // The tool gives its own request up when the call is cancelled, and not before.
        await expect.poll(() => api.left, { interval: 5 }).toBe(1);
        expect(api.hanging).toBe(0);
    });
});

describe.each(['mcpUrl', 'sseUrl'] as const)('the server is notified of a cancelled call at %s', path => {
    test('by notifications/cancelled, before the session ends', async () => {
        await using api = await startJokeApi('hangs');
        await using busy = await startServer(api.env);
        await using child = runNode(clientMain, ['call', 'random-joke', '--url', busy[path], '--trace']);
        await api.asked;
        child.kill('SIGINT');
        const { stderr } = await child.ended;
        const sent = [...stderr.matchAll(/→ (?:POST|DELETE) .*/g)].map(([line]) => line);
        const cancellation = sent.findIndex(line => / notifications\/cancelled$/.test(line));
        expect(sent.slice(cancellation).map(line => line.split(' ')[1])).toEqual(
            path === 'mcpUrl' ? ['POST', 'DELETE'] : ['POST']
        );
    });
});
