import { connect } from '@calc/sdk-client';
import { clientMain, createGate, holdFirst, runNode, serveTutorial } from '@calc/test-helpers';
import { describe, expect, test } from 'vitest';
import { runOnPipe } from '../../../helpers/run-on-pipe.ts';

// The command line client when a server drops the stream, and forgets the session with it.

describe.concurrent('a server without memory drops the stream in the middle of a call', () => {
    async function dropDuring(tool: 'look' | 'count', ...options: string[]) {
        const { begun, onCall } = holdFirst();
        await using server = await serveTutorial({ onCall });
        await using child = runNode(clientMain, ['call', tool, 'call=1', '--url', server.sseUrl, ...options]);
        await begun;
        server.breakAll();
        const outcome = await child.ended;
        return { ...outcome, runs: server.runs };
    }

    test('a tool that may be called twice is, and the call is answered', async () => {
        expect(await dropDuring('look')).toEqual({
            code: 0,
            stdout: '1\n',
            stderr: '',
            runs: ['look 1', 'look 1']
        });
    });

    test('any other is not: the call exits with 4 and says in one line that it is unknown whether it ran', async () => {
        const message =
            'the stream dropped while tools/call "count" was in flight: ' +
            'the server has no memory of the session, and it is not known whether the tool ran';
        const failed = { code: 4, stdout: '', runs: ['count 1'] };
        expect(await dropDuring('count')).toEqual({ ...failed, stderr: `${message}\n` });
        const { stderr, ...json } = await dropDuring('count', '--json');
        expect(json).toEqual(failed);
        expect(JSON.parse(stderr)).toEqual({ error: { code: 'unreachable', message, exitCode: 4 } });
    });
});

test('the next call of the same client finds the server without memory again', async () => {
    const begun = createGate();
    await using server = await serveTutorial({
        onCall: (_tool, call) => {
            if (call !== 1) return;
            begun.open();
            return new Promise(() => {});
        }
    });
    await using connection = await connect({
        url: new URL(server.sseUrl),
        transport: 'auto',
        headers: new Headers(),
        timeoutMs: 10_000,
        connectTimeoutMs: 5000,
        reconnectTimeoutMs: 5000,
        trace: undefined,
        signal: new AbortController().signal
    });
    const dropped = runOnPipe(connection, ['call', 'count', 'call=1']);
    await begun.opened;
    server.breakAll();
    expect(await dropped).toMatchObject({ code: 4, stdout: '' });
    expect(await runOnPipe(connection, ['call', 'count', 'call=2'])).toEqual({ code: 0, stdout: '2\n', stderr: '' });
});
