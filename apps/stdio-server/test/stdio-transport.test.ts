import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import { StdioTransport } from '../src/stdio-transport.ts';

const MINUTE = 60_000;
const limits = {
    maxInFlight: 3,
    maxBufferedBytes: 100,
    maxMessageBytes: 1000,
    maxDepth: 10,
    maxMembers: 100,
    lastAnswersMs: MINUTE
};
const request = (id: number, method = 'ping') => ({ jsonrpc: '2.0' as const, id, method });
const listen = (id: number) => ({ ...request(id, 'subscriptions/listen'), params: { notifications: {} } });
const reply = (id: number) => ({ jsonrpc: '2.0' as const, id, result: {} });
const tick = { jsonrpc: '2.0' as const, method: 'notifications/resources/updated' };
const cancel = (requestId: number) => ({
    jsonrpc: '2.0' as const,
    method: 'notifications/cancelled',
    params: { requestId }
});

/** A transport, the ids of the requests that it has forwarded, and the messages that it has written. */
async function createTransport() {
    const input = new PassThrough();
    const written: JSONRPCMessage[] = [];
    let isRead = true;
    let readOn = () => {};
    const output = new Writable({
        decodeStrings: false,
        write: (line, _encoding, done) => {
            written.push(JSON.parse(line));
            if (isRead) done();
            else readOn = done;
        }
    });
    const transport = new StdioTransport(input, output, limits);
    const passedOn: unknown[] = [];
    transport.onmessage = message => void passedOn.push('id' in message ? message.id : message);
    const closed = new Promise<void>(resolve => {
        transport.onclose = resolve;
    });
    await transport.start();
    return {
        transport,
        input,
        output,
        passedOn,
        written,
        closed,
        /** Sends messages, and waits until the transport has forwarded them. */
        async receive(...messages: object[]) {
            input.write(messages.map(message => `${JSON.stringify(message)}\n`).join(''));
            for (let turn = 0; turn < 3; turn++) await setImmediate();
        },
        /** The client stops reading until `readOn`. */
        stopReading: () => {
            isRead = false;
        },
        async readOn() {
            isRead = true;
            readOn();
            for (let turn = 0; turn < 3; turn++) await setImmediate();
        }
    };
}

test('the transport stops reading at maxInFlight unanswered requests; each response admits one more', async () => {
    const { transport, passedOn, receive } = await createTransport();
    await receive(...[1, 2, 3, 4, 5].map(id => request(id)));
    expect(passedOn).toEqual([1, 2, 3]);
    await transport.send(reply(2));
    await receive();
    expect(passedOn).toEqual([1, 2, 3, 4]);
});

test('a response admits a request only once the client has read it', async () => {
    const { transport, passedOn, receive, stopReading, readOn } = await createTransport();
    await receive(...[1, 2, 3, 4].map(id => request(id)));
    stopReading();
    const sent = transport.send(reply(1));
    await receive();
    expect(passedOn).toEqual([1, 2, 3]);
    await readOn();
    await sent;
    expect(passedOn).toEqual([1, 2, 3, 4]);
});

test('notifications are dropped while the client is behind; responses are not', async () => {
    const { transport, written, stopReading, readOn } = await createTransport();
    stopReading();
    const sent = [transport.send(tick), transport.send(tick), transport.send(reply(1))];
    await transport.send(tick);
    await readOn();
    await Promise.all(sent);
    expect(written).toEqual([tick, tick, reply(1)]);
});

test('cancelled requests and subscriptions do not count as unanswered, and do not delay the end', async () => {
    const { passedOn, receive, input, closed } = await createTransport();
    await receive(request(1), listen(2), listen(3), cancel(1));
    await receive(request(1), cancel(1));
    expect(passedOn).toEqual([1, 2, 3, cancel(1), 1, cancel(1)]);
    input.end();
    await closed;
});

test('the transport closes after the end of the input and the last response', async () => {
    const { transport, receive, input, closed } = await createTransport();
    const order: string[] = [];
    const ended = closed.then(() => order.push('closed'));
    await receive(request(1));
    input.end();
    for (let turn = 0; turn < 3; turn++) await setImmediate();
    order.push('answered');
    await transport.send(reply(1));
    await ended;
    expect(order).toEqual(['answered', 'closed']);
});

test('a broken input counts as ended', async () => {
    const { transport, receive, input, closed } = await createTransport();
    await receive(request(1));
    input.destroy(new Error('broke off'));
    await transport.send(reply(1));
    await closed;
});

test('a broken output closes the transport with requests in flight', async () => {
    const { transport, receive, input, output, closed } = await createTransport();
    await receive(request(1));
    output.destroy(new Error('broke off'));
    await closed;
    expect(input.destroyed).toBe(true);
    await expect(transport.send(reply(1))).rejects.toThrow();
});

test('settled ends after its time limit', async () => {
    const { transport, receive } = await createTransport();
    await receive(request(1));
    await transport.inFlight.settled(1);
});
