import { expect, test } from 'vitest';
import * as say from '../../../src/i18n/texts.ts';
import { isRecord, parseJson } from '../../../src/mcp/json-rpc.ts';
import { createNativeSource } from '../../../src/mcp/transport/stream-source.ts';
import { createConnection } from '../../../src/state/session/connection.ts';
import { createSubscription } from '../../../src/state/session/subscription.ts';
import { FakeStream, ORIGIN, settled } from '../../mcp/session/fake-server.ts';

const URI = 'clock://now';

/** A subscription whose server the test plays. It answers every method except those in `errors`. */
async function openSubscription() {
    const asked: string[] = [];
    const errors = new Map<string, object>();
    const streams: FakeStream[] = [];
    const connection = createConnection({
        key: 'A',
        transport: 'sse',
        schedule: () => () => {},
        url: `${ORIGIN}/sse`,
        source: createNativeSource(
            class extends FakeStream {
                constructor(url: string) {
                    super(url);
                    streams.push(this);
                }
            }
        ),
        async fetch(_input, init) {
            const message = parseJson(String(init?.body));
            if (isRecord(message) && message.id !== undefined) {
                const method = String(message.method);
                asked.push(method);
                const error = errors.get(method);
                const contents = [{ uri: URI, text: `${asked.length}` }];
                const result = { protocolVersion: '2025-11-25', capabilities: { resources: {} }, contents };
                if (!error) streams.at(-1)?.reply(message.id, result);
                else streams.at(-1)?.emit('message', JSON.stringify({ jsonrpc: '2.0', id: message.id, error }));
            }
            return new Response('Accepted', { status: 202 });
        },
        clientInfo: { name: 'test', version: '1' },
        onFact: () => {},
        onFailed: () => {}
    });
    connection.session.connect();
    streams[0]?.open('/messages?sessionId=one');
    await settled();
    const subscription = createSubscription(connection, URI);
    subscription.start();
    await settled();
    const count = (method: string) => asked.filter(name => name === method).length;
    const tick = (uri = URI): void => {
        const params = { uri };
        streams
            .at(-1)
            ?.emit('message', JSON.stringify({ jsonrpc: '2.0', method: 'notifications/resources/updated', params }));
    };
    const stream = streams[0];
    if (!stream) throw new Error('no stream was opened');
    return { connection, subscription, stream, count, errors, tick };
}

test('every change is counted, and changes that arrive together cause one read', async () => {
    const { subscription, count, tick } = await openSubscription();
    expect(subscription.state.value).toEqual({ status: 'on' });
    for (let ticks = 0; ticks < 5; ticks++) tick();
    tick('joke://other');
    await settled();
    expect(subscription.updates.value).toBe(5);
    expect(subscription.newest.value).toMatchObject([{ uri: URI }]);
    const reads = count('resources/read');
    expect(reads).toBeLessThan(5);
    tick();
    await settled();
    expect(count('resources/read')).toBe(reads + 1);
});

test('a resumed session is still subscribed', async () => {
    const { subscription, stream, count } = await openSubscription();
    stream.lose();
    expect(subscription.state.value).toEqual({ status: 'away' });
    stream.open('/messages?sessionId=one');
    await settled();
    expect([subscription.state.value, count('resources/subscribe')]).toEqual([{ status: 'on' }, 1]);
    expect(subscription.renewals.value).toBe(0);
});

test('a new session is subscribed again', async () => {
    const { subscription, stream, count } = await openSubscription();
    stream.lose();
    stream.open('/messages?sessionId=two');
    await settled();
    expect([subscription.state.value, count('resources/subscribe')]).toEqual([{ status: 'on' }, 2]);
    expect(subscription.renewals.value).toBe(1);
});

test('a subscription ends with its session, with the reason', async () => {
    const { connection, subscription, tick } = await openSubscription();
    connection.session.close();
    expect(subscription.state.value).toEqual({ status: 'off' });
    tick();
    expect(subscription.updates.value).toBe(0);
});

test('stopping during the request keeps the subscription off', async () => {
    const { subscription } = await openSubscription();
    subscription.stop();
    await settled();
    subscription.start();
    subscription.stop();
    await settled();
    expect(subscription.state.value).toEqual({ status: 'off' });
});

test('a rejected subscription has the reason of the server', async () => {
    const { subscription, errors } = await openSubscription();
    subscription.stop();
    errors.set('resources/subscribe', { code: -32602, message: 'it never changes' });
    subscription.start();
    await settled();
    expect(subscription.state.value).toMatchObject({
        status: 'off',
        reason: { text: say.error.rpc, values: { code: -32602, message: 'it never changes' } }
    });
});

test('a stopped subscription ignores further changes', async () => {
    const { subscription, count, tick } = await openSubscription();
    subscription.stop();
    await settled();
    tick();
    expect([subscription.state.value, subscription.updates.value, count('resources/unsubscribe')]).toEqual([
        { status: 'off' },
        0,
        1
    ]);
});
