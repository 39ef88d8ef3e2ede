import { runNode, stdioMain } from '@calc/test-helpers';
import type { Body } from './bodies.ts';

/**
 * Sends each body as a line to the server over stdio, and then closes its input.
 *
 * @throws {Error} if it does not end well, or does not answer each valid request exactly once.
 */
export async function attackStdio(bodies: readonly Body[]): Promise<void> {
    const initialize = {
        jsonrpc: '2.0',
        id: 'initialize',
        method: 'initialize',
        params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'fuzz', version: '1' } }
    };
    const lines = [JSON.stringify(initialize), ...bodies.map(({ text }) => text.replaceAll(/[\r\n]/g, ' '))];
    await using server = runNode(stdioMain, [], { JOKE_API_URL: 'http://127.0.0.1:9/' }, `${lines.join('\n')}\n`);
    const { code, stdout, stderr } = await server.ended;
    if (code !== 0) throw new Error(`the server over stdio ended with code ${code}: ${stderr.slice(0, 1000)}`);
    const ids = stdout
        .split('\n')
        .filter(line => line !== '')
        .map(line => Object(JSON.parse(line)).id);
    for (const { id, text } of bodies) {
        const times = ids.filter(each => each === id).length;
        if (id !== undefined && times !== 1) throw new Error(`over stdio ${text} was answered ${times} times`);
    }
}
