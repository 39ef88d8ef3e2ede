import { describe, expect, test } from 'vitest';
import * as say from '../../src/i18n/texts.ts';
import { isRecord, parseJson } from '../../src/mcp/json-rpc.ts';
import { createNativeSource } from '../../src/mcp/transport/stream-source.ts';
import { createPage } from '../../src/state/page.ts';
import { FakeStream, ORIGIN, settled } from '../mcp/session/fake-server.ts';

/** A page whose server the test plays. The browser is signed in or not, and every handshake is answered. */
function openPage(access: { tokenWanted?: boolean; signedIn?: boolean; faults?: boolean } = {}) {
    const server = { tokenWanted: false, signedIn: true, reachable: true, ...access };
    const streams: FakeStream[] = [];
    const page = createPage({
        url: `${ORIGIN}/`,
        protocol: 'http/1.1',
        async fetch(input, init) {
            const { pathname, search } = new URL(String(input));
            if (!server.reachable) throw new TypeError('fetch failed');
            if (pathname === '/login' && init?.method === 'POST') server.signedIn = true;
            else if (pathname === '/login') return Response.json(server);
            else if (pathname === '/logout') server.signedIn = false;
            else {
                const stream = streams[Number(new URLSearchParams(search).get('sessionId'))];
                const message = parseJson(String(init?.body));
                if (isRecord(message) && message.id !== undefined) {
                    const serverInfo = { name: 'fake', version: '1' };
                    const protocolVersion = '2025-11-25';
                    stream?.reply(message.id, { protocolVersion, serverInfo, capabilities: { tools: {} }, tools: [] });
                }
                return new Response('Accepted', { status: 202 });
            }
            return new Response(null, { status: 204 });
        },
        sources: {
            native: createNativeSource(
                class extends FakeStream {
                    constructor(url: string) {
                        super(url);
                        streams.push(this);
                    }
                }
            ),
            raw: createNativeSource(FakeStream)
        },
        now: () => 0,
        schedule: () => () => {},
        draw: callback => callback()
    });
    /** Lets the server open every waiting stream. */
    const answer = async (): Promise<void> => {
        await settled();
        for (const [index, stream] of streams.entries()) {
            if (stream.readyState === 0) stream.open(`/messages?sessionId=${index}`);
        }
        await settled();
    };
    const states = () => page.connections.value.map(({ state }) => state.value.status);
    return { page, server, streams, answer, states };
}

describe('several sessions', () => {
    test('have their own streams and their own entries in the record', async () => {
        const { page, streams, answer, states } = openPage();
        const [one, two] = [page.add(), page.add()];
        await Promise.all([page.start(one), page.start(two)]);
        await answer();
        expect([states(), streams.length]).toEqual([['connected', 'connected'], 2]);
        expect(page.record.sessions.list()).toMatchObject([
            { key: one.key, colour: 0, phase: 'open' },
            { key: two.key, colour: 1, phase: 'open' }
        ]);
        streams[1]?.lose();
        expect(states()).toEqual(['connected', 'reconnecting']);
        page.stop(one);
        expect(states()).toEqual(['disconnected', 'reconnecting']);
        expect(page.record.sessions.get(one.key)?.closed).toEqual({ reason: 'asked', detail: undefined });
    });

    test('removing one closes it, and another is selected', async () => {
        const { page, streams, answer } = openPage();
        const [one, two] = [page.add(), page.add()];
        await page.start(one);
        await answer();
        expect(page.current.value).toBe(one);
        page.remove(one);
        expect([page.current.value, page.connections.value, streams[0]?.readyState]).toEqual([two, [two], 2]);
        expect(page.record.sessions.get(one.key)).toBeUndefined();
    });

    test('removing the selected one selects its neighbour', () => {
        const { page } = openPage();
        const [one, two, three] = [page.add(), page.add(), page.add()];
        page.select(two);
        page.remove(two);
        expect(page.current.value).toBe(three);
        page.remove(three);
        expect(page.current.value).toBe(one);
        page.remove(one);
        expect([page.current.value, page.connections.value]).toEqual([undefined, []]);
        expect(page.add()).toBe(page.current.value);
    });

    test('count their own ids, and a reply belongs to the request of its session', async () => {
        const { page, answer } = openPage();
        await Promise.all([page.start(page.add()), page.start(page.add())]);
        await answer();
        const calls = page.record.exchanges.all().filter(({ method }) => method === 'tools/list');
        expect(calls.map(({ session, id }) => [session, id])).toEqual([
            ['A', 2],
            ['B', 2]
        ]);
        expect(calls.map(({ reply }) => reply?.session)).toEqual(['A', 'B']);
    });

    test('leave one connection for requests: the sixth stream of a server is not opened, with the reason', async () => {
        const { page, streams, answer, states } = openPage();
        const six = Array.from({ length: 6 }, () => page.add());
        await Promise.all(six.map(page.start));
        await answer();
        expect([streams.length, states().filter(status => status === 'connected').length]).toEqual([5, 5]);
        const [first, last] = [six[0], six[5]];
        if (!first || !last) throw new Error('there must be six');
        expect(last.state.value).toMatchObject({ reason: { text: say.error.tooManyStreams } });
        // Another server has connections of its own.
        await page.start(page.add({ url: 'http://elsewhere.test/sse' }));
        expect(streams).toHaveLength(6);
        page.stop(first);
        await page.start(last);
        await answer();
        expect(last.state.value.status).toBe('connected');
    });

    test('do not prevent each other from connecting if one fails', async () => {
        const { page, streams, answer, states } = openPage();
        await page.start(page.add());
        await answer();
        const started = page.start(page.add());
        streams[0]?.refuse();
        await started;
        await answer();
        expect(states()).toEqual(['disconnected', 'connected']);
    });

    test('stopping an attempt prevents it from connecting', async () => {
        const { page, streams, states } = openPage();
        const started = page.start(page.add());
        for (const connection of page.connections.value) page.stop(connection);
        await started;
        expect([states(), streams]).toEqual([['disconnected'], []]);
    });
});

describe('signing in', () => {
    test('asks once for all sessions and then connects them all', async () => {
        const { page, answer, states } = openPage({ tokenWanted: true, signedIn: false });
        await page.start(page.add());
        page.add();
        expect([page.question.value, states()]).toEqual([{ reason: undefined }, ['disconnected', 'disconnected']]);
        await page.signIn('open-sesame');
        await answer();
        expect([page.question.value, states()]).toEqual([undefined, ['connected', 'connected']]);
        expect(page.canSignOut.value).toBe(true);
    });

    test('signing out ends all sessions and clears their lists', async () => {
        const { page, answer, states } = openPage({ tokenWanted: true });
        await page.start(page.add());
        await answer();
        await page.signOut();
        expect([page.question.value, states(), page.record.wire.size]).toEqual([
            { reason: undefined },
            ['disconnected'],
            0
        ]);
    });

    test('concerns the page’s own server and does not affect other sessions', async () => {
        const { page, streams, answer, states } = openPage({ tokenWanted: true, signedIn: false });
        const other = page.add({ url: 'http://elsewhere.test/sse' });
        await page.start(other);
        expect(streams.map(({ url }) => url)).toEqual(['http://elsewhere.test/sse']);
        await page.start(page.add());
        expect([page.question.value, states()]).toEqual([{ reason: undefined }, ['connecting', 'disconnected']]);
        expect(page.connections.value.map(page.isOwn)).toEqual([false, true]);
        await page.signIn('open-sesame');
        await answer();
        expect([streams.length, states()[1]]).toEqual([2, 'connected']);
    });

    test('is requested again when the server no longer accepts the browser', async () => {
        const { page, server, streams, answer } = openPage({ tokenWanted: true });
        await page.start(page.add());
        await answer();
        server.signedIn = false;
        streams[0]?.refuse();
        await settled();
        expect(page.question.value?.reason).toEqual({ text: say.signIn.forgotten, values: {} });
    });
});

test('an unreachable server is reported at the connection', async () => {
    const { page, server } = openPage();
    server.reachable = false;
    const connection = page.add();
    await page.start(connection);
    expect(connection.state.value).toEqual({
        status: 'disconnected',
        reason: { text: say.error.unreachable, values: {} }
    });
});

test('faults are available if the server offers them', async () => {
    const lesson = openPage({ faults: true });
    await lesson.page.start(lesson.page.add());
    expect(lesson.page.faults.value).toBeDefined();
    const usual = openPage();
    await usual.page.start(usual.page.add());
    expect(usual.page.faults.value).toBeUndefined();
});

test('idle streams are shown as sessions while they are open', async () => {
    const { page, streams, answer } = openPage();
    const { idleStreams, record } = page;
    for (let count = 0; count < 3; count++) idleStreams.open();
    await answer();
    const keys = () => record.sessions.list().map(({ key, phase }) => `${key} ${phase}`);
    expect([keys(), idleStreams.count.value]).toEqual([['1 open', '2 open', '3 open'], 3]);
    idleStreams.closeOne();
    streams[1]?.refuse();
    expect([keys(), idleStreams.count.value, streams[0]?.readyState]).toEqual([['3 open'], 1, 2]);
    expect([idleStreams.has('1'), idleStreams.has('A'), idleStreams.has('4')]).toEqual([true, false, false]);
    idleStreams.closeAll();
    expect([keys(), idleStreams.count.value, streams[2]?.readyState]).toEqual([[], 0, 2]);
});

test('a replay is shown instead of the page’s own record until it ends', () => {
    const { page } = openPage();
    const facts = [{ kind: 'dropped', session: 'a', at: 5 }];
    const text = JSON.stringify({ format: 'mcp-wire-transcript', version: 1, facts });
    page.startReplay({ name: 'lesson.json', text });
    expect(page.replay.value?.file.name).toBe('lesson.json');
    expect(page.shown.value.view.entries.value).toMatchObject([{ kind: 'dropped', at: 5 }]);
    expect(page.record.wire.size).toBe(0);
    // An invalid file changes nothing.
    expect(() => page.startReplay({ name: 'other.json', text: '{}' })).toThrow('format must be "mcp-wire-transcript"');
    expect(page.replay.value?.hasEnded.value).toBe(true);
    page.endReplay();
    expect([page.shown.value.record, page.replay.value]).toEqual([page.record, undefined]);
});
