import { randomInt } from 'node:crypto';
import { connectKept, patient, runNode, serverMain } from '@calc/test-helpers';
import { expect, test } from 'vitest';

test('a server that is killed and started again in the middle of 100 calls answers them all', async () => {
    const port = randomInt(20_000, 28_000);
    const env = { PORT: `${port}`, LOG_LEVEL: 'silent' };
    const killed = runNode(serverMain, [], env);
    await using _killed = killed;
    await killed.printed(/\/sse/);
    await using kept = await connectKept(`http://127.0.0.1:${port}/sse`, patient);
    const { tools } = await kept.client.listTools();
    expect(tools.map(({ name }) => name)).toContain('echo');
    const call = async (number: number) => {
        const { structuredContent } = await kept.client.callTool({
            name: 'echo',
            arguments: { message: `message ${number}` }
        });
        return Object(structuredContent).echo;
    };
    const numbers = Array.from({ length: 100 }, (_, number) => number);
    const answers = Promise.all(numbers.map(call));
    await call(1000);
    killed.kill('SIGKILL');
    await killed.ended;
    const late = Promise.all(numbers.map(number => call(100 + number)));
    await using restarted = runNode(serverMain, [], env);
    await restarted.printed(/\/sse/);
    expect(await answers).toEqual(numbers.map(number => `message ${number}`));
    expect(await late).toEqual(numbers.map(number => `message ${100 + number}`));
    expect(kept.names()).toContain('renewed');
    expect(kept.closes).toBe(0);
});
