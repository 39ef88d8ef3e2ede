import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { McpServer as SecondServer } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type CallReport, type Clock, createClock, createEnvironment } from '../src/index.ts';
import { registerCalculator as registerFirst, SessionServer } from '../src/register/v1.ts';
import { registerCalculator as registerSecond } from '../src/register/v2.ts';

const info = { name: 'calculator', version: '1' };

/** A client of the 2025 revisions, connected to a server of one SDK generation; `state.isBroken` causes a defect. */
async function connect(generation: 'first' | 'second') {
    const reports: CallReport[] = [];
    const warnings: string[] = [];
    const errors: Error[] = [];
    const state = { isBroken: false, isCut: false, closed: 0, listeners: 0 };
    const environment = createEnvironment({
        now: () => {
            if (state.isBroken) throw new Error('the password is hunter2');
            return new Date(0);
        },
        fetch: async () => Response.json({ value: 'a joke' }),
        warn: message => warnings.push(message)
    });
    const onCall = (report: CallReport) => reports.push(report);
    const ticking = createClock(5);
    const clock: Clock = {
        subscribe(listener) {
            const unsubscribe = ticking.subscribe(listener);
            state.listeners++;
            return () => {
                state.listeners--;
                unsubscribe();
            };
        }
    };
    const options = { environment, clock, transport: 'stdio' as const, onCall };
    const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
    const wire: JSONRPCMessage[] = [];
    const send = serverEnd.send.bind(serverEnd);
    serverEnd.send = async (message, sendOptions) => {
        if (state.isCut && 'method' in message) throw new Error('cut');
        wire.push(message);
        await send(message, sendOptions);
    };
    serverEnd.sessionId = 'a-session';
    const watch = (server: { onclose?: (() => void) | undefined; onerror?: ((error: Error) => void) | undefined }) => {
        server.onclose = () => state.closed++;
        server.onerror = error => errors.push(error);
    };
    if (generation === 'first') {
        const server = new SessionServer(info);
        watch(server);
        registerFirst(server, options);
        await server.connect(serverEnd);
    } else {
        const server = new SecondServer(info);
        watch(server.server);
        registerSecond(server, options);
        await server.connect(serverEnd as never);
    }
    const client = new Client(info);
    await client.connect(clientEnd);
    const ask = (method: string, params?: unknown) => {
        const answered = wire.length;
        return client.request({ method, params } as never, z.looseObject({})).then(
            () => wire.slice(answered).find(message => 'result' in message),
            () => wire.slice(answered).find(message => 'error' in message)
        );
    };
    return {
        client,
        wire,
        reports,
        warnings,
        errors,
        state,
        /** The response on the wire, without its id. */
        ask: async (method: string, params?: unknown) => ({ ...(await ask(method, params)), id: undefined }),
        [Symbol.asyncDispose]: () => client.close()
    };
}

/** Names and values that would make long errors. */
const long = 'x'.repeat(100_000);
const many = Object.fromEntries(Array.from({ length: 9000 }, (_, index) => [`\u0001${index}`, index]));

const requests: [method: string, params?: unknown][] = [
    ['tools/list'],
    ['tools/call', { name: 'add', arguments: { a: 2, b: 3 } }],
    ['tools/call', { name: 'add', arguments: { a: 'two', b: 3 } }],
    ['tools/call', { name: 'add', arguments: JSON.parse('{"a":1,"b":2,"__proto__":3}') }],
    ['tools/call', { name: 'echo', arguments: { message: 'hello' } }],
    ['tools/call', { name: 'server_time' }],
    ['tools/call', { name: 'random-joke' }],
    ['tools/call', { name: 'divide' }],
    ['resources/list'],
    ['resources/templates/list'],
    ['resources/read', { uri: 'clock://now' }],
    ['resources/read', { uri: 'clock://never' }],
    ['resources/read', {}],
    ['resources/subscribe', { uri: 'clock://never' }],
    ['prompts/list'],
    ['prompts/get', { name: 'what-time-is-it', arguments: { timezone: 'UTC' } }],
    ['prompts/get', { name: 'what-time-is-it' }],
    ['prompts/get', { name: 7 }],
    [
        'completion/complete',
        { ref: { type: 'ref/prompt', name: 'what-time-is-it' }, argument: { name: 'timezone', value: 'par' } }
    ],
    ['completion/complete', { ref: {} }],
    ['no/such-method', {}],
    ['tools/list', { cursor: 'bogus' }],
    ['resources/list', { cursor: 5 }],
    ['resources/templates/list', { cursor: '' }],
    ['prompts/list', { cursor: 'bogus' }],
    ['tools/call', { name: 'add', arguments: { a: 2, b: 3 }, task: { ttl: 1 } }],
    ['prompts/get', { name: 'what-time-is-it', arguments: many }],
    ['prompts/get', { name: long }],
    ['tools/call', { name: long }],
    ['tools/call', { name: 'add', arguments: many }],
    ['tools/call', { name: 'server_time', arguments: { timezone: long } }],
    ['resources/read', { uri: '\u0001'.repeat(100_000) }],
    ['resources/subscribe', { uri: long }],
    ['completion/complete', { ref: { type: long }, argument: many }],
    [
        'completion/complete',
        { ref: { type: 'ref/prompt', name: 'what-time-is-it' }, argument: { name: long, value: long } }
    ],
    ['completion/complete', { ref: { type: 'ref/resource', uri: long }, argument: { name: long, value: long } }]
];

test('both SDK generations send a client of 2025 the same responses', async () => {
    await using first = await connect('first');
    await using second = await connect('second');
    for (const [method, params] of requests) {
        const expected = await first.ask(method, params);
        expect(expected, method).toHaveProperty('jsonrpc', '2.0');
        // The second generation reports an unknown resource as invalid params.
        const { error } = Object(expected);
        if (error?.code === -32002) error.code = -32602;
        expect(await second.ask(method, params), JSON.stringify([method, params]).slice(0, 200)).toEqual(expected);
        // Only errors are limited in size.
        if (error || Object(expected).result.isError)
            expect(JSON.stringify(expected).length, method).toBeLessThan(3000);
    }
    const withoutTime = ({ durationMs, ...report }: CallReport) => report;
    expect(second.reports.map(withoutTime)).toEqual(first.reports.map(withoutTime));
    expect(first.reports.map(({ tool, outcome }) => `${tool} ${outcome}`)).toContain('unknown error');
    expect(first.reports.every(({ sessionId }) => sessionId === 'a-session')).toBe(true);
});

for (const generation of ['first', 'second'] as const) {
    test(`the ${generation} generation reports invalid params as -32602, and a defect without its reason`, async () => {
        await using calculator = await connect(generation);
        for (const params of [{}, { name: 7 }, { name: 'add', arguments: [] }, { name: 'divide' }]) {
            expect(await calculator.ask('tools/call', params), JSON.stringify(params)).toMatchObject({
                error: { code: -32602 }
            });
        }
        calculator.state.isBroken = true;
        expect(await calculator.ask('resources/read', { uri: 'clock://now' })).toMatchObject({
            error: { code: -32603, message: 'Internal error' }
        });
        expect(calculator.warnings).toEqual(['resources/read failed: the password is hunter2']);
        expect(JSON.stringify(calculator.wire)).not.toContain('hunter2');
    });

    test(`the ${generation} generation sends progress before the result, and only to a client that asked for it`, async () => {
        await using calculator = await connect(generation);
        const steps: unknown[] = [];
        const call = { name: 'random-joke', arguments: {} };
        await calculator.client.callTool(call, undefined, { onprogress: step => steps.push(step) });
        expect(steps).toEqual([
            { progress: 1, total: 2, message: 'Asking the joke API' },
            { progress: 2, total: 2, message: 'The joke API has told one' }
        ]);
        const isProgress = (message: JSONRPCMessage) => Object(message).method === 'notifications/progress';
        expect(calculator.wire.slice(-3).map(isProgress)).toEqual([true, true, false]);
        await calculator.client.callTool(call);
        expect(calculator.wire.filter(isProgress)).toHaveLength(2);
    });

    test(`the ${generation} generation notifies a subscriber of each tick until the subscription ends`, async () => {
        await using calculator = await connect(generation);
        const isUpdate = (message: JSONRPCMessage) => Object(message).method === 'notifications/resources/updated';
        await calculator.ask('resources/subscribe', { uri: 'clock://now' });
        await expect.poll(() => calculator.wire.filter(isUpdate).length).toBeGreaterThan(1);
        await calculator.ask('resources/unsubscribe', { uri: 'clock://now' });
        const updates = calculator.wire.filter(isUpdate).length;
        // Another clock shows that time for more ticks has passed.
        await new Promise<void>(resolve => {
            let ticks = 0;
            const stop = createClock(5).subscribe(() => {
                if (++ticks < 3) return;
                stop();
                resolve();
            });
        });
        expect(calculator.wire.filter(isUpdate)).toHaveLength(updates);
    });

    test(`the ${generation} generation unsubscribes when its session ends, and still calls onclose`, async () => {
        await using calculator = await connect(generation);
        await calculator.ask('resources/subscribe', { uri: 'clock://now' });
        expect(calculator.state.listeners).toBe(1);
        await calculator.client.close();
        expect([calculator.state.listeners, calculator.state.closed]).toEqual([0, 1]);
    });

    test(`the ${generation} generation reports notifications that it could not send`, async () => {
        await using calculator = await connect(generation);
        await calculator.ask('resources/subscribe', { uri: 'clock://now' });
        calculator.state.isCut = true;
        await expect.poll(() => calculator.errors.map(({ message }) => message)).toContain('cut');
        await calculator.ask('resources/unsubscribe', { uri: 'clock://now' });
        const told = calculator.errors.length;
        const call = { name: 'random-joke', arguments: {} };
        await calculator.client.callTool(call, undefined, { onprogress: () => {} });
        expect(calculator.errors.slice(told).map(({ message }) => message)).toEqual(['cut', 'cut']);
    });
}
