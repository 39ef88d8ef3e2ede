import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { type Attempt, nothingFor } from '../../attempt.ts';
import { CheckFailure } from '../../check.ts';
import { expectSum } from './add.ts';
import { noTool } from './tools.ts';
import { whenFree } from './when-free.ts';

/**
 * Connects the client of the SDK, lists the tools and adds twice. It sees what every program made with the SDK sees.
 *
 * @throws CheckFailure if a step fails or takes too long.
 */
export async function addWithSdkClient(attempt: Attempt): Promise<void> {
    const client = await whenFree(attempt, () => connect(attempt));
    const timeout = attempt.limitMs;
    try {
        const { tools } = await step(attempt, 'client.listTools()', () => client.listTools({}, { timeout }));
        if (!tools.some(({ name }) => name === 'add')) throw attempt.failure({ received: noTool('add', tools) });
        for (const _ of [1, 2]) {
            const a = attempt.random.integer(-1000, 100_000);
            const b = attempt.random.integer(1, 100_000);
            const call = { name: 'add', arguments: { a, b } };
            const send = () => client.callTool(call, undefined, { timeout });
            expectSum(attempt, await step(attempt, `client.callTool(${JSON.stringify(call)})`, send), a + b);
        }
    } finally {
        await client.close();
    }
}

async function connect(attempt: Attempt): Promise<Client> {
    const client = new Client({ name: 'lesson-check', version: '1.0.0' });
    const headers = attempt.token === undefined ? {} : { Authorization: `Bearer ${attempt.token}` };
    const transport = new SSEClientTransport(attempt.url, { requestInit: { headers } });
    let timer: NodeJS.Timeout | undefined;
    // The client itself waits for `endpoint` without a limit.
    const timedOut = new Promise<never>((_, reject) => {
        const late = attempt.timeout({ received: nothingFor(attempt.limitMs) });
        timer = setTimeout(() => reject(late), attempt.limitMs);
    });
    try {
        const connected = () => Promise.race([client.connect(transport), timedOut]);
        await step(attempt, 'client.connect(new SSEClientTransport(url))', connected);
        return client;
    } catch (error) {
        // A transport that could not connect would try again without end.
        await transport.close();
        throw error;
    } finally {
        clearTimeout(timer);
    }
}

async function step<T>(attempt: Attempt, sent: string, task: () => Promise<T>): Promise<T> {
    attempt.lastSent = sent;
    try {
        return await task();
    } catch (error) {
        if (error instanceof CheckFailure) throw error;
        if (error instanceof McpError && error.code === ErrorCode.RequestTimeout)
            throw attempt.timeout({ received: nothingFor(attempt.limitMs) });
        throw attempt.failure({ received: String(error instanceof Error ? error.message : error) });
    }
}
