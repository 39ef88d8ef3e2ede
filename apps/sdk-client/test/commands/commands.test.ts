import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMcpServer, type TestServer } from '../helpers/mcp-server.ts';
import { runClient } from '../helpers/run-client.ts';

let server: TestServer;
beforeAll(async () => {
    server = await startMcpServer();
});
afterAll(() => server.stop());

const client = (...argv: string[]) => runClient([...argv, '--url', server.url]);

describe('tools', () => {
    test('lists each tool with its arguments, aligned', async () => {
        const { code, stdout, stderr } = await client('tools');
        expect(stdout).toContain(
            [
                'add - Add two numbers',
                '    Adds two numbers.',
                '    a  number  required  The first',
                '    b  number  required',
                '',
                'fail',
                '    no arguments',
                ''
            ].join('\n')
        );
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    });

    test('--json prints the array of tools', async () => {
        const { code, stdout } = await client('tools', '--json');
        expect(JSON.parse(stdout)).toMatchObject([
            { name: 'add', inputSchema: { required: ['a', 'b'] } },
            { name: 'fail' },
            { name: 'picture' },
            { name: 'wait' }
        ]);
        expect(code).toBe(0);
    });
});

describe('call', () => {
    test('prints the text of the result', async () => {
        expect(await client('call', 'add', 'a=2', 'b=3')).toEqual({ code: 0, stdout: '5\n', stderr: '' });
    });

    test('--json prints the whole result, wherever the option stands', async () => {
        const expected = { content: [{ type: 'text', text: '-1' }] };
        expect(JSON.parse((await client('call', 'add', 'a=2', 'b=-3', '--json')).stdout)).toEqual(expected);
        expect(JSON.parse((await client('--json', 'call', 'add', 'a=2', 'b=-3')).stdout)).toEqual(expected);
    });

    test('describes in one line what is not text', async () => {
        expect((await client('call', 'picture')).stdout).toBe('look:\n[image: image/png, 4 bytes]\n');
    });

    test('an unknown tool is wrong usage, and the known ones are named', async () => {
        expect(await client('call', 'sub')).toEqual({
            code: 1,
            stdout: '',
            stderr: 'there is no tool named "sub"; the server has add, fail, picture, wait\n'
        });
    });

    test('a wrong argument is wrong usage', async () => {
        expect(await client('call', 'add', 'a=two', 'b=3')).toEqual({
            code: 1,
            stdout: '',
            stderr: 'a must be a number, got "two"\n'
        });
    });

    test('arguments that are nested too deeply to be sent are not blamed on the answer', async () => {
        const deep = '['.repeat(10_000) + ']'.repeat(10_000);
        const { code, stderr } = await client('call', 'picture', `a:=${deep}`);
        const problem = 'the arguments of tools/call, or its answer, are nested too deeply or too large';
        expect({ code, stderr }).toEqual({ code: 4, stderr: `${problem}\n` });
    });

    test('a tool that fails leaves stdout empty and exits with 5', async () => {
        expect(await client('call', 'fail')).toEqual({ code: 5, stdout: '', stderr: 'this tool always fails\n' });
    });

    test('with --json its error is one JSON value on stderr', async () => {
        const { code, stdout, stderr } = await client('call', 'fail', '--json');
        expect(JSON.parse(stderr)).toEqual({
            error: { code: 'tool-error', message: 'this tool\nalways fails', exitCode: 5 }
        });
        expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    });

    test('an interruption cancels the call at the server', async () => {
        const controller = new AbortController();
        const called = once(server.events, 'called');
        const cancelled = once(server.events, 'cancelled');
        const outcome = runClient(['call', 'wait', '--url', server.url], { signal: controller.signal });
        await called;
        controller.abort('the user left');
        expect(await outcome).toEqual({ code: 130, stdout: '', stderr: 'interrupted\n' });
        expect(await cancelled).toEqual(['the user left']);
    });

    test('a call without an answer in time is given up and cancelled at the server', async () => {
        const cancelled = once(server.events, 'cancelled');
        expect(await client('call', 'wait', '--timeout', '300')).toEqual({
            code: 4,
            stdout: '',
            stderr: 'no answer to tools/call within 300 ms; a larger --timeout waits longer\n'
        });
        await cancelled;
    });
});

test('an error of the protocol exits with 5 and names the request', async () => {
    await using broken = await startMcpServer(({ server: mcp }) => mcp.registerCapabilities({ tools: {} }));
    expect(await runClient(['tools', '--url', broken.url])).toEqual({
        code: 5,
        stdout: '',
        stderr: 'tools/list failed: Method not found (-32601)\n'
    });
});
