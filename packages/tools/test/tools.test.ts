import { expect, test } from 'vitest';
import { z } from 'zod';
import { tools } from '../src/index.ts';
import { ToolError } from '../src/tool.ts';
import { add, echo, randomJoke, serverTime } from '../src/tools/index.ts';
import { createContext } from './context.ts';

/** The smallest valid arguments: a number or a text for each required member. */
function toExample(schema: z.ZodObject): Record<string, unknown> {
    const { required = [], properties = {} } = z.toJSONSchema(schema, { io: 'input' });
    return Object.fromEntries(
        required.map(name => [name, /^(number|integer)$/.test(String(Object(properties[name]).type)) ? 1 : 'text'])
    );
}

test('the result of every tool fits its output schema', async () => {
    const fetch = async () => Response.json({ value: 'a joke' });
    for (const tool of tools) {
        const input = tool.input.parse(toExample(tool.input));
        const { value } = await tool.run(input as never, createContext({ fetch }));
        expect(tool.output.strict().parse(value), tool.name).toEqual(value);
    }
});

test('add follows the arithmetic of JavaScript, and accepts finite numbers only', async () => {
    expect(await add.run({ a: -0, b: -0 }, createContext())).toMatchObject({ text: '0' });
    expect(await add.run({ a: 1e21, b: 1 }, createContext())).toMatchObject({ text: '1e+21' });
    expect(() => add.run({ a: Number.MAX_VALUE, b: Number.MAX_VALUE }, createContext())).toThrow(ToolError);
    for (const a of [Number.POSITIVE_INFINITY, Number.NaN, '1', null]) {
        expect(add.input.safeParse({ a, b: 1 }).success, String(a)).toBe(false);
    }
});

test('echo reports the transport of the call', async () => {
    expect(await echo.run({ message: '' }, createContext({ transport: 'streamable-http' }))).toMatchObject({
        value: { echo: '', transport: 'streamable-http' }
    });
});

test('server_time accepts aliases and any letter case, and rejects offsets and unknown zones', async () => {
    const at = async (timezone: string) => (await serverTime.run({ timezone }, createContext())).value.local;
    expect(await at('Europe/Paris')).toBe('2026-03-29 01:59:59');
    expect(await at('europe/paris')).toBe('2026-03-29 01:59:59');
    expect(await at('US/Eastern')).toBe('2026-03-28 20:59:59');
    for (const timezone of ['', 'Paris', '+02:00', '__proto__', 'Europe/Paris\n', 'x'.repeat(10_000)]) {
        expect(() => serverTime.run({ timezone }, createContext()), timezone).toThrow(ToolError);
    }
});

test('a cancelled call of random-joke cancels its request and returns no joke', async () => {
    const caller = new AbortController();
    const fetch: typeof globalThis.fetch = (_url, init) =>
        new Promise((_resolve, reject) => {
            init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
            caller.abort();
        });
    await expect(randomJoke.run({}, createContext({ fetch, signal: caller.signal }))).rejects.toThrow('aborted');
});

test('random-joke reports two steps of progress, with a joke of the API or a built-in one', async () => {
    const fails = () => Promise.reject(new Error('no network'));
    for (const [fetch, last] of [
        [async () => Response.json({ value: 'a joke' }), 'The joke API has told one'],
        [fails, 'A built-in joke has been picked']
    ] as const) {
        const steps: unknown[] = [];
        await randomJoke.run({}, createContext({ fetch, progress: (...step) => steps.push(step) }));
        expect(steps).toEqual([
            [1, 2, 'Asking the joke API'],
            [2, 2, last]
        ]);
    }
});
