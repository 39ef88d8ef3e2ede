import { expect, onTestFinished, test, vi } from 'vitest';
import { runClient } from '../helpers/run-client.ts';

test('no command prints the help', async () => {
    const { code, stdout, stderr } = await runClient([]);
    expect(stdout).toContain('npm run client -- call add a=2 b=3');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

const commands = [
    'info',
    'ping',
    'tools',
    'call',
    'resources',
    'read',
    'prompts',
    'prompt',
    'complete',
    'watch',
    'shell'
];

test.each(commands)('%s --help has an example and the shared options', async command => {
    const { code, stdout } = await runClient([command, '--help']);
    expect(stdout).toMatch(new RegExp(`Examples:\n {2}npm run client -- ${command}`));
    expect(stdout).toContain('--connect-timeout <ms>');
    expect(code).toBe(0);
});

test.each([
    [['frob'], "unknown command 'frob'; --help lists commands and options"],
    [['tools', '--jsn'], "unknown option '--jsn' (Did you mean --json?); --help lists commands and options"],
    [['call'], "missing required argument 'tool'; --help lists commands and options"],
    [['tools', '--timeout'], "option '--timeout <ms>' argument missing; --help lists commands and options"],
    [['tools', '--timeout', '1.5'], '--timeout must be a whole number of milliseconds from 1 to 2147483647, got "1.5"'],
    [
        ['tools', '--connect-timeout', '0'],
        '--connect-timeout must be a whole number of milliseconds from 1 to 2147483647, got "0"'
    ],
    [
        ['tools', '--url', 'localhost:3001'],
        '--url (or MCP_URL) must be a URL such as http://127.0.0.1:3001/mcp, got "localhost:3001"'
    ],
    [['tools', '--url', 'http://me:secret@host/'], '--url (or MCP_URL) must not contain a user name or password']
])('%j is wrong usage', async (argv, message) => {
    expect(await runClient(argv)).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
});

test('with --json wrong usage is one JSON value on stderr', async () => {
    const { stderr } = await runClient(['frob', '--json']);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'usage', exitCode: 1 } });
});

test('MCP_URL is checked like --url', async () => {
    vi.stubEnv('MCP_URL', 'nonsense');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect((await runClient(['tools'])).stderr).toContain('(or MCP_URL) must be a URL');
});
