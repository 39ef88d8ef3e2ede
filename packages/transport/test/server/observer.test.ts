import { createServer, openMcp, openStream, send, serveTransport } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import type { Observer } from '../../src/server/observer.ts';

test('an observer that throws in every method breaks no call and no session', async () => {
    const called = new Set<string>();
    const fail = (name: keyof Observer) => () => {
        called.add(name);
        throw new Error(`${name} failed`);
    };
    // A server without a shared broker takes nothing over.
    const observer: Required<Omit<Observer, 'takenOver'>> = {
        opened: fail('opened'),
        attached: fail('attached'),
        dropped: fail('dropped'),
        resumed: fail('resumed'),
        closed: fail('closed'),
        evicted: fail('evicted'),
        received: fail('received'),
        sent: fail('sent'),
        rejected: fail('rejected'),
        failed: fail('failed'),
        defect: fail('defect')
    };
    let servers = 0;
    await using server = await serveTransport({
        createServer() {
            servers++;
            if (servers === 3) throw new Error('no server');
            return createServer();
        },
        observer,
        limits: { maxBufferedBytes: 1000 }
    });
    const stream = await openStream(server.sseUrl);
    expect(await stream.request(1, 'ping')).toMatchObject({ id: 1, result: {} });
    stream.cut();
    await stream.ended;
    const resumed = await stream.resume();
    expect(await resumed.request(2, 'ping')).toMatchObject({ id: 2, result: {} });

    await using client = await openMcp(server.mcpUrl);
    expect(await client.request(1, 'ping')).toMatchObject({ id: 1, result: {} });
    expect((await send(server.sseUrl)).status).toBe(500);
    expect((await send(server.mcpUrl, { method: 'PUT' })).status).toBe(405);

    resumed.cut();
    await resumed.ended;
    for (let id = 3; server.sessions.size > 1; id++) {
        expect(id, 'the session is still there').toBeLessThan(100);
        await resumed.post({ jsonrpc: '2.0', id, method: 'ping' });
    }
    server.sessions.close();
    expect(server.sessions.size).toBe(0);
    expect(called).toEqual(new Set(Object.keys(observer)));
});
