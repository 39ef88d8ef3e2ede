import { once } from 'node:events';
import { expect, test } from 'vitest';
import { connect } from '../../src/connection/connect.ts';
import { runOn } from '../../src/shell/run-line.ts';
import { startMcpServer } from '../helpers/mcp-server.ts';

test('commands run one after the other on one connection, and one that is cancelled leaves it open', async () => {
    await using server = await startMcpServer();
    await using connection = await connect({
        url: new URL(server.url),
        transport: 'auto',
        headers: new Headers(),
        timeoutMs: 10_000,
        connectTimeoutMs: 10_000,
        reconnectTimeoutMs: 10_000,
        trace: undefined,
        signal: new AbortController().signal
    });
    const run = async (argv: string[], signal = new AbortController().signal) => {
        const texts = { stdout: '', stderr: '' };
        const code = await runOn(connection, argv, {
            stdout: data => {
                texts.stdout += data;
            },
            stderr: text => {
                texts.stderr += text;
            },
            signal,
            readInput: async () => ''
        });
        return { code, ...texts };
    };
    expect(await run(['call', 'add', 'a=2', 'b=3'])).toEqual({ code: 0, stdout: '5\n', stderr: '' });
    expect(await run(['call', 'fail'])).toEqual({ code: 5, stdout: '', stderr: 'this tool always fails\n' });

    const interruption = new AbortController();
    const cancelled = once(server.events, 'cancelled');
    server.events.once('called', () => interruption.abort('enough'));
    expect(await run(['call', 'wait'], interruption.signal)).toEqual({
        code: 130,
        stdout: '',
        stderr: 'interrupted\n'
    });
    expect(await cancelled).toEqual(['enough']);

    expect(await run(['ping', '--url', 'http://x/'])).toMatchObject({ code: 1, stdout: '' });
    expect(await run(['call', 'add', 'a=2', 'b=3'])).toEqual({ code: 0, stdout: '5\n', stderr: '' });
});
