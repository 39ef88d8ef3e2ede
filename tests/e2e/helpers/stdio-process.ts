import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stdioMain } from '@calc/test-helpers';

export const initialize = {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test client', version: '1' } }
};
export const toLegacy = (method: string, params: object, id: number | string) => ({
    jsonrpc: '2.0',
    id,
    method,
    params
});
export const add = (a: number, b: number, id: number | string) =>
    toLegacy('tools/call', { name: 'add', arguments: { a, b } }, id);

/** The stdio server as a process whose input and output are a test's own. */
export function startStdio(env: Record<string, string> = {}) {
    const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [stdioMain], {
        env: { PATH: process.env.PATH, ...env }
    });
    child.stdin.on('error', () => {});
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', chunk => {
        stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', chunk => {
        stderr += chunk;
    });
    const closed = once(child, 'close');
    return {
        child,
        send: (...messages: object[]) =>
            child.stdin.write(messages.map(message => `${JSON.stringify(message)}\n`).join('')),
        /** Settles when it has ended: with its exit code, the messages on its standard output, and standard error. */
        ended: closed.then(([code]) => ({
            code,
            messages: stdout
                .split('\n')
                .filter(Boolean)
                .map(line => JSON.parse(line)),
            stderr
        })),
        /** Settles when standard output matches. */
        async printed(pattern: RegExp) {
            while (!pattern.test(stdout)) await once(child.stdout, 'data');
        },
        async [Symbol.asyncDispose]() {
            child.kill('SIGKILL');
            await closed;
        }
    };
}
