import { describe, expect, test } from 'vitest';
import { FakeServer, settled } from './fake-server.ts';

const ping = (id: number | string) => ({ jsonrpc: '2.0', id, method: 'ping' });

describe('a message that the user wrote', () => {
    test('is POSTed as it is, and its reply changes nothing', async () => {
        const server = new FakeServer();
        await server.connect();
        const before = server.states.length;
        const call = server.session.request('slow');
        await expect(server.session.send(ping('mine'))).resolves.toMatchObject({ status: 202 });
        expect(server.posts.at(-1)).toEqual(ping('mine'));
        server.stream.reply('mine', {});
        server.stream.reply('mine', {});
        await settled();
        expect(server.states).toHaveLength(before);
        server.stream.reply(server.sent('slow')[0]?.id, 'done');
        await expect(call).resolves.toBe('done');
    });

    test('must not have the id of a request that waits for its reply', async () => {
        const server = new FakeServer();
        await server.connect();
        const call = server.session.request('slow');
        const id = server.sent('slow')[0]?.id ?? 0;
        for (const body of [ping(id), [ping('free'), ping(id)]]) {
            await expect(server.session.send(body)).rejects.toMatchObject({
                code: 'id-in-use',
                message: `request ${id} still waits for its reply; choose another id`
            });
        }
        expect(server.sent('ping')).toEqual([]);
        server.stream.reply(id, 'done');
        await expect(call).resolves.toBe('done');
        await expect(server.session.send(ping(id))).resolves.toMatchObject({ status: 202 });
    });

    test('keeps its id to itself: later requests of the page get other ids', async () => {
        const server = new FakeServer();
        await server.connect();
        const next = Number(server.sent('initialize')[0]?.id) + 1;
        await server.session.send(ping(next));
        const call = server.session.request('slow');
        expect(server.sent('slow')[0]?.id).toBe(next + 1);
        server.stream.reply(next, 'of the ping');
        server.stream.reply(next + 1, 'of the call');
        await expect(call).resolves.toBe('of the call');
    });

    test('may be a notification or no message at all; a refusal does not end the session', async () => {
        const server = new FakeServer();
        await server.connect();
        server.answerPost = () => new Response('nonsense', { status: 401 });
        const before = server.states.length;
        for (const body of [{ jsonrpc: '2.0', method: 'notifications/x' }, { any: 'thing' }, []]) {
            await expect(server.session.send(body)).resolves.toMatchObject({ status: 401 });
        }
        expect(server.states).toHaveLength(before);
        server.session.close();
        await expect(server.session.send({})).rejects.toMatchObject({ code: 'not-connected' });
    });
});
