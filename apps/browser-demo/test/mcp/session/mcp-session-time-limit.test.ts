import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeServer } from './fake-server.ts';

describe('the time limit of a call', () => {
    beforeEach(() => {
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    });
    afterEach(() => {
        vi.useRealTimers();
    });

    test('rejects the call and notifies the server', async () => {
        const server = new FakeServer({ timeLimitMs: 2000 });
        await server.connect();
        const call = server.session.request('slow');
        const requestId = server.posts.at(-1)?.id;
        vi.advanceTimersByTime(2000);
        await expect(call).rejects.toMatchObject({
            code: 'time-limit',
            message: 'slow got no reply within 2 s; try again'
        });
        expect(server.posts.at(-1)).toMatchObject({ method: 'notifications/cancelled', params: { requestId } });
    });

    test('is 60 s by default', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.request('slow');
        vi.advanceTimersByTime(59_999);
        server.stream.reply(server.posts.at(-1)?.id, 'just in time');
        await expect(call).resolves.toBe('just in time');
    });

    test('leaves no timer, however a call ends', async () => {
        const server = new FakeServer();
        await server.connect();
        const answered = server.session.request('answered');
        server.stream.reply(server.posts.at(-1)?.id, 1);
        await answered;
        const closed = server.session.request('closed');
        server.session.close();
        await expect(closed).rejects.toThrow();
        expect(vi.getTimerCount()).toBe(0);
    });
});
