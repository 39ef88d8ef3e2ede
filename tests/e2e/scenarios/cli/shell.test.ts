import { clientMain, runNode, startJokeApi, startServer, type TestServer } from '@calc/test-helpers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere } from '../../helpers/run-here.ts';
import { inTerminal, openShell } from './on-terminal.ts';

let server: TestServer;
beforeAll(async () => {
    server = await startServer();
});
afterAll(() => server.close());

const inPipe = (input: string, options: string[] = []) =>
    runHere(['shell', '--url', server.mcpUrl, ...options], input.split('\n'));

describe('in a pipe', () => {
    test('runs a command a line, without prompt or colour, to the end of the input or exit', async () => {
        const input =
            '# a comment\n\ncall add a=2 b=3 # five\r\nprompt what-time-is-it timezone="Mars or \'Venus\'"\nexit\nping\n';
        const inProcess = runNode(clientMain, ['shell', '--url', server.mcpUrl], {}, input);
        expect(await inProcess.ended).toEqual({
            code: 0,
            stdout: expect.stringMatching(/^5\nuser: What time is it in Mars or 'Venus'\?.*\n$/),
            stderr: ''
        });
        expect(await inPipe('call add a=1 b=1')).toEqual({ code: 0, stdout: '2\n', stderr: '' });
    });

    test('with --json each answer is one value on one line', async () => {
        const { code, stdout } = await inPipe('tools\ncall add a=2 b=3\n', ['--json']);
        const [tools = '', sum = '', end] = stdout.split('\n');
        expect(JSON.parse(tools)).toContainEqual(expect.objectContaining({ name: 'add' }));
        expect(JSON.parse(sum)).toMatchObject({ structuredContent: { sum: 5 } });
        expect({ code, end }).toEqual({ code: 0, end: '' });
    });

    test('stops at the first failure, with its exit code', async () => {
        expect(await inPipe('call add a=two b=3\ncall add a=2 b=3\n')).toEqual({
            code: 1,
            stdout: '',
            stderr: 'a must be a number, got "two"\n'
        });
        expect(await inPipe("call add 'a=2\nping\n", ['--json'])).toMatchObject({
            code: 1,
            stderr: `${JSON.stringify({ error: { code: 'usage', message: "the quote ' is not closed", exitCode: 1 } })}\n`
        });
    });

    test('with --keep-going it runs the rest, and ends with the exit code of the first failure', async () => {
        const input = 'read clock://never\ncall sub\ncall add a=2 b=3\n';
        const { code, stdout, stderr } = await inPipe(input, ['--keep-going']);
        expect({ code, stdout }).toEqual({ code: 5, stdout: '5\n' });
        expect(stderr.trim().split('\n')).toHaveLength(2);
    });

    test('what a command takes from standard input is refused, since the commands are there', async () => {
        expect(await inPipe('call echo message=-\n')).toMatchObject({
            code: 1,
            stderr: 'the shell reads its commands from standard input; write @file instead of -\n'
        });
    });

    test('options about the connection are for the shell, not for its lines', async () => {
        expect(await inPipe('ping --url http://x/\n')).toMatchObject({ code: 1, stdout: '' });
        expect(await inPipe('shell\n')).toMatchObject({ code: 1, stdout: '' });
    });
});

describe('on a terminal', () => {
    inTerminal('runs what is typed until Ctrl-D, and exits with 0 though a command failed', async () => {
        await using shell = openShell(server.mcpUrl);
        await shell.shown(/mcp> /);
        shell.type('call add a=2 b=3\r');
        await shell.shown(/\n5\r\n/);
        shell.type('call add a=two b=3\r');
        await shell.shown(/got "two"/);
        shell.type("call echo 'message=still here'\r");
        await shell.shown(/"echo":"still here"/);
        shell.type('\x04');
        expect(await shell.ended).toMatchObject({ code: 0 });
    });

    inTerminal('Tab completes commands, tools, arguments, and values that the server knows', async () => {
        await using shell = openShell(server.mcpUrl);
        await shell.shown(/mcp> /);
        shell.type('ca\t');
        await shell.shown(/call /);
        shell.type('ad\t');
        await shell.shown(/add /);
        shell.type('\t');
        await shell.shown(/a= +b=/);
        shell.type('a=2 \t');
        await shell.shown(/a=2 b=/);
        shell.type('5\r');
        await shell.shown(/\n7\r\n/);
        shell.type('prompt wh\t');
        await shell.shown(/what-time-is-it /);
        shell.type('\t');
        await shell.shown(/timezone=/);
        shell.type('Europe/Pari\t');
        await shell.shown(/timezone=Europe\/Paris /);
        shell.type('\r');
        await shell.shown(/What time is it in Europe\/Paris\?/);
        // Keys that come fast come together.
        shell.type('read joke\t1\t\t');
        await shell.shown(/joke:\/\/built-in\/10 /);
    });

    inTerminal('Ctrl-C cancels the command that runs, and the next one runs on the same connection', async () => {
        await using api = await startJokeApi('hangs');
        await using jokes = await startServer(api.env);
        await using shell = openShell(jokes.mcpUrl);
        await shell.shown(/mcp> /);
        shell.type('call random-joke\r');
        await api.asked;
        shell.type('\x03');
        await shell.shown(/interrupted\r\n/);
        await expect.poll(() => api.left, { interval: 5 }).toBe(1);
        shell.type('call add a=2 b=3\r');
        await shell.shown(/\n5\r\n/);
    });
});
