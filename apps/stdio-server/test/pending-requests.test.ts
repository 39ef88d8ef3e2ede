import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import { watchRequests } from '../src/pending-requests.ts';

const MINUTE = 60_000;
const request = (id: number, method = 'tools/call') => ({ jsonrpc: '2.0' as const, id, method });
const reply = (id: number) => ({ jsonrpc: '2.0' as const, id, result: {} });
const cancel = (requestId: number) => ({
    jsonrpc: '2.0' as const,
    method: 'notifications/cancelled',
    params: { requestId }
});

/** A transport that is bound to a server, and what the server heard of it. */
function createTransport() {
    const heard: unknown[] = [];
    let isBroken = false;
    const transport: Transport = {
        start: async () => {},
        close: async () => {},
        send: async () => {
            if (isBroken) throw new Error('nobody reads');
        },
        onmessage: (message: JSONRPCMessage) => heard.push(message),
        onclose: () => heard.push('closed')
    };
    const requests = watchRequests(transport);
    return {
        heard,
        requests,
        receive: (message: JSONRPCMessage) => transport.onmessage?.(message),
        send: (message: JSONRPCMessage) => transport.send(message),
        close: () => transport.onclose?.(),
        breakOff: () => {
            isBroken = true;
        }
    };
}

/** Whether a promise is settled by now. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
    let settled = false;
    void promise.then(() => {
        settled = true;
    });
    await new Promise(setImmediate);
    return settled;
}

test('who waits is told when the last request is answered, and everybody who does', async () => {
    const { requests, receive, send, heard } = createTransport();
    expect(await isSettled(requests.settled(MINUTE))).toBe(true);
    for (const id of [1, 2]) receive(request(id));
    const waits = [requests.settled(MINUTE), requests.settled(MINUTE)];
    await send(reply(1));
    await send({ jsonrpc: '2.0', method: 'notifications/progress' });
    for (const wait of waits) expect(await isSettled(wait)).toBe(false);
    await send(reply(2));
    await Promise.all(waits);
    expect(heard).toEqual([request(1), request(2)]);
});

test('what gets no answer is not waited for', async () => {
    const { requests, receive, send, close, breakOff, heard } = createTransport();
    receive(request(1, 'subscriptions/listen'));
    expect(await isSettled(requests.settled(MINUTE))).toBe(true);

    receive(request(2));
    const cancelled = requests.settled(MINUTE);
    receive(cancel(2));
    await cancelled;

    receive(request(3));
    const unread = requests.settled(MINUTE);
    breakOff();
    await expect(send(reply(3))).rejects.toThrow('nobody reads');
    await unread;

    receive(request(4));
    const closed = requests.settled(MINUTE);
    close();
    await closed;
    expect(heard.at(-1)).toBe('closed');
});

test('nobody waits longer than he said', async () => {
    const { requests, receive } = createTransport();
    receive(request(1));
    await requests.settled(1);
});
