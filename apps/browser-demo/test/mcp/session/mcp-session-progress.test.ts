import { expect, test } from 'vitest';
import type { Progress } from '../../../src/mcp/session/progress.ts';
import { FakeServer, settled } from './fake-server.ts';

const notify = (server: FakeServer, params: object) =>
    server.stream.emit('message', JSON.stringify({ jsonrpc: '2.0', method: 'notifications/progress', params }));

test('a call with onProgress sends a progressToken and gets the notifications with that token', async () => {
    const server = new FakeServer();
    await server.connect();
    const told: Progress[] = [];
    const call = server.session.request('tools/call', { name: 'a' }, { onProgress: step => told.push(step) });
    const id = server.posts.at(-1)?.id;
    expect(server.posts.at(-1)?.params).toEqual({ name: 'a', _meta: { progressToken: id } });
    notify(server, { progressToken: id, progress: 1, total: 2, message: 'asking' });
    notify(server, { progressToken: 'another', progress: 9 });
    notify(server, { progressToken: id, progress: 'much' });
    notify(server, { progressToken: id, progress: 2 });
    server.stream.reply(id, {});
    await call;
    notify(server, { progressToken: id, progress: 3 });
    expect(told).toEqual([
        { token: id, progress: 1, total: 2, message: 'asking' },
        { token: id, progress: 2, total: undefined, message: '' }
    ]);
});

test('cancelling a call rejects it and notifies the server', async () => {
    const server = new FakeServer();
    await server.connect();
    const abort = new AbortController();
    const call = server.session.request('tools/call', {}, { signal: abort.signal });
    const id = server.posts.at(-1)?.id;
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(server.posts.at(-1)).toMatchObject({
        method: 'notifications/cancelled',
        params: { requestId: id, reason: 'cancelled by the user' }
    });
    // The reply may already have been sent.
    server.stream.reply(id, {});
    await settled();
});

test('cancelling a finished call has no effect', async () => {
    const server = new FakeServer();
    await server.connect();
    const abort = new AbortController();
    const call = server.session.request('tools/call', {}, { signal: abort.signal });
    server.stream.reply(server.posts.at(-1)?.id, {});
    await call;
    abort.abort();
    expect(server.sent('notifications/cancelled')).toEqual([]);
});
