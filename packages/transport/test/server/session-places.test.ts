import { proves } from '@calc/test-helpers/proves';
import {
    call,
    createManualClock,
    createRecorder,
    createServer,
    openMcp,
    type RawMcp,
    serveTransport,
    UNDISTURBED
} from '@calc/test-helpers/wire';
import type { McpRequest } from '@calc/transport/server';
import { expect } from 'vitest';

const clientOf = ({ headers }: McpRequest) => String(headers['x-client']);
const as = (client: string) => ({ headers: { 'X-Client': client } });

/** Starts a server with this number of places for sessions; `happened` lists the events of its observer. */
async function startFull(maxSessions: number) {
    const clock = createManualClock();
    const { happened, observer } = createRecorder();
    const limits = { ...UNDISTURBED, maxSessions };
    const server = await serveTransport({ createServer, clock, clientOf, observer, limits });
    return { server, clock, happened, url: server.mcpUrl };
}

const isThere = async (session: RawMcp) => (await session.get('no event id')).status !== 404;

proves(
    ['session.places'],
    'an unused session is evicted first: the oldest of the client with the most sessions',
    async () => {
        const { server, happened, url } = await startFull(5);
        await using _ = server;
        const [oldest, older, used] = [
            await openMcp(url, as('b')),
            await openMcp(url, as('a')),
            await openMcp(url, as('a'))
        ];
        await used.request(1, 'ping');
        const young = await openMcp(url, as('a'));
        const younger = await openMcp(url, as('a'));
        const fresh = await openMcp(url, as('c'));
        expect(happened.filter(what => what.startsWith('closed'))).toEqual(['closed evicted']);
        const sessions = [oldest, older, used, young, younger, fresh];
        expect(await Promise.all(sessions.map(isThere))).toEqual([true, false, true, true, true, true]);
        expect(server.sessions.size).toBe(5);
    }
);

proves(['session.places'], 'a client that floods the server with initialize ends its own sessions', async () => {
    const { server, url } = await startFull(3);
    await using _ = server;
    const good = await openMcp(url, as('good'));
    const flood: RawMcp[] = [];
    for (let count = 0; count < 10; count++) flood.push(await openMcp(url, as('flood')));
    expect(await isThere(good)).toBe(true);
    expect(await Promise.all(flood.slice(-2).map(isThere))).toEqual([true, true]);
    expect(server.sessions.size).toBe(3);
});

proves(['session.places'], 'if all sessions have been used, the one that is idle for longest is evicted', async () => {
    const { server, clock, url } = await startFull(3);
    await using _ = server;
    const sessions = [await openMcp(url, as('a')), await openMcp(url, as('a')), await openMcp(url, as('b'))];
    for (const index of [2, 1, 0]) {
        clock.advance(1000);
        await sessions[index]?.request(1, 'ping');
    }
    await openMcp(url, as('c'));
    // The session of b has been idle for longer, but b holds fewer sessions.
    expect(await Promise.all(sessions.map(isThere))).toEqual([true, false, true]);
});

proves(
    ['session.places', 'session.max'],
    'a session with a stream or a request in flight is never evicted',
    async () => {
        const { server, clock, happened, url } = await startFull(2);
        await using _ = server;
        await using listening = await openMcp(url, as('a'));
        await using calling = await openMcp(url, as('a'));
        await listening.open();
        await calling.post(call(1, 'wait'));
        await expect(openMcp(url, as('a'))).rejects.toThrow(/503: .*your token or address has many of them/);
        // A client that holds few takes a reserved place. After that, no place is left.
        await using stranger = await openMcp(url, as('b'));
        await stranger.open();
        await expect(openMcp(url, as('c'))).rejects.toThrow(/503: .*all are in use/);
        expect(happened.filter(what => /closed|rejected/.test(what))).toEqual([
            'rejected too-many-sessions',
            'rejected too-many-sessions'
        ]);
        await calling.delete();
        clock.advance(1000);
        await openMcp(url, as('c'));
        expect(await Promise.all([listening, stranger].map(isThere))).toEqual([true, true]);
    }
);

proves(['session.idle'], 'a session of /mcp without a stream ends before one with a stream', async () => {
    const clock = createManualClock();
    const { happened, observer } = createRecorder();
    const limits = { sessionIdleMs: 30_000, streamlessIdleMs: 5000, unusedIdleMs: 1000, heartbeatMs: 1e9 };
    await using server = await serveTransport({ createServer, clock, observer, limits });
    const [unused, used] = [await openMcp(server.mcpUrl), await openMcp(server.mcpUrl)];
    await using listening = await openMcp(server.mcpUrl);
    const stream = await listening.open();
    await used.request(1, 'ping');
    clock.advance(1000);
    expect(await Promise.all([unused, used, listening].map(isThere))).toEqual([false, true, true]);
    clock.advance(5000);
    expect(await Promise.all([used, listening].map(isThere))).toEqual([false, true]);
    // The same time begins when the stream of a session ends.
    clock.advance(20_000);
    stream.cut();
    await expect.poll(() => server.sessions.openStreams).toBe(0);
    clock.advance(4999);
    expect(server.sessions.size).toBe(1);
    clock.advance(1);
    expect(happened.filter(what => what.startsWith('closed'))).toEqual(['closed unused', 'closed idle', 'closed idle']);
    expect(clock.pending).toBe(0);
});
