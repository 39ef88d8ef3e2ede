import { expect, test } from 'vitest';
import { startMcpServer } from '../helpers/mcp-server.ts';
import { runClient } from '../helpers/run-client.ts';

test('a server that goes away ends the shell with 4, even if the pipe has more lines', async () => {
    const server = await startMcpServer();
    const readLines = async function* () {
        yield 'call add a=2 b=3';
        await server.stop();
        await new Promise(() => {});
    };
    expect(
        await runClient(['shell', '--keep-going', '--reconnect-timeout', '200', '--url', server.url], { readLines })
    ).toEqual({
        code: 4,
        stdout: '5\n',
        stderr: expect.stringMatching(/^lost .*did not come back within 200 ms; a larger .*\n$/)
    });
});

test('a result is printed before the next line has come', async () => {
    await using server = await startMcpServer();
    let printed = '';
    let answered = () => {};
    const readLines = async function* () {
        yield 'call add a=2 b=3';
        await new Promise<void>(resolve => {
            answered = resolve;
            if (printed !== '') resolve();
        });
        yield 'exit';
    };
    const stdout = (data: string | Uint8Array) => {
        printed += data;
        answered();
    };
    expect(await runClient(['shell', '--url', server.url], { readLines, stdout })).toMatchObject({ code: 0 });
    expect(printed).toBe('5\n');
});
