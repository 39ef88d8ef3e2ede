import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { CREDENTIAL, type MakeHub, openSession, toNote, toPost } from '../test-hub.ts';

/** Which sessions there are, and what is known of them. */
export function describeSessions(makeHub: MakeHub): void {
    test('a session is found with its own credential only, by every process', async () => {
        await using hub = await makeHub();
        const [near, far] = [await hub.join(), await hub.join()];
        const id = await openSession(near);
        const record = { id, transport: 'sse', owner: near.broker.processId, fence: 1 };
        for (const { broker } of [near, far]) {
            expect(await broker.find(id, CREDENTIAL)).toEqual(record);
            expect(await broker.find(id, 'another')).toBeUndefined();
            expect(await broker.find(randomUUID(), CREDENTIAL)).toBeUndefined();
            expect(await broker.accept(id, 'another', toPost(1))).toEqual({ kind: 'unknown-session' });
        }
    });

    test('sessions of all processes count for the limit, until they end', async () => {
        await using hub = await makeHub();
        const [near, far] = [await hub.join(), await hub.join()];
        const id = await openSession(near);
        await openSession(near);
        await openSession(far);
        const next = { id: randomUUID(), transport: 'sse', credential: CREDENTIAL } as const;
        expect(await far.broker.open(next)).toBe('too-many-sessions');
        await far.broker.end(id, 'test');
        expect(await far.broker.open(next)).toBe('opened');
        // Its reply may have been lost.
        expect(await far.broker.open(next)).toBe('opened');
    });

    test('when all places are taken, open evicts the oldest session of Streamable HTTP that was not used', async () => {
        await using hub = await makeHub();
        const [owner, other] = [await hub.join(), await hub.join()];
        const open = async ({ broker } = owner) => {
            const id = randomUUID();
            const outcome = await broker.open({ id, transport: 'streamable-http', credential: CREDENTIAL });
            if (outcome !== 'opened') return outcome;
            await broker.accept(id, CREDENTIAL, toPost(1));
            await broker.append(id, 1, { stream: 0, json: 'initialized', settles: 1 });
            return id;
        };
        const [used, unused, held] = [await open(), await open(), await open()];
        await owner.broker.accept(used, CREDENTIAL, toNote('used'));
        await owner.broker.settle(used, 1, [2]);
        await other.broker.hold(held, 0);
        const next = await open(other);
        expect(next).not.toBe('too-many-sessions');
        await owner.woken(unused, 'ended');
        const gone = { kind: 'unknown-session', reason: 'evicted' };
        expect(await other.broker.accept(unused, CREDENTIAL, toPost(2))).toEqual(gone);
        await other.broker.accept(next, CREDENTIAL, toPost(3));
        expect(await open()).toBe('too-many-sessions');
        await other.broker.unhold(held, 0, 0);
        expect(await open()).not.toBe('too-many-sessions');
        await owner.woken(held, 'ended');
    });

    test('when one client has taken all places, another one may open one of a tenth more', async () => {
        await using hub = await makeHub({ maxSessions: 10 });
        const process = await hub.join();
        const open = async (client: string) => {
            const id = randomUUID();
            return [await process.broker.open({ id, transport: 'sse', credential: CREDENTIAL, client }), id] as const;
        };
        const [, first] = await open('greedy');
        for (let more = 1; more < 10; more++) await open('greedy');
        expect((await open('greedy'))[0]).toBe('too-many-sessions');
        expect((await open('other'))[0]).toBe('opened');
        expect((await open('third'))[0]).toBe('too-many-sessions');
        await process.broker.end(first, 'test');
        expect((await open('greedy'))[0]).toBe('too-many-sessions');
        expect((await open('other'))[0]).toBe('too-many-sessions');
        expect((await open('third'))[0]).toBe('opened');
    });

    test('the end of a session wakes its owner and its holders, and its reason is for its own credential', async () => {
        await using hub = await makeHub();
        const [owner, holder, other] = [await hub.join(), await hub.join(), await hub.join()];
        const id = await openSession(owner);
        await holder.broker.hold(id, 0);
        await other.broker.end(id, 'the client has closed it');
        await Promise.all([owner.woken(id, 'ended'), holder.woken(id, 'ended')]);
        const reason = 'the client has closed it';
        expect(await owner.broker.accept(id, CREDENTIAL, toPost(1))).toEqual({ kind: 'unknown-session', reason });
        expect(await owner.broker.accept(id, 'another', toPost(1))).toEqual({ kind: 'unknown-session' });
        expect(await owner.broker.append(id, 1, { stream: 0, json: '{}' })).toBe('fenced');
        expect(await owner.broker.read(id, 0, 0, 10)).toBe('unknown');
        expect(other.wakes).toEqual([]);
    });

    test('the state of a session is there for the next owner', async () => {
        await using hub = await makeHub();
        const [near, far] = [await hub.join(), await hub.join()];
        const id = await openSession(near);
        const state = { protocolVersion: '2025-11-25', initialize: '{"id":0}', settings: ['{"id":1}'] };
        expect(await near.broker.save(id, 1, state)).toBe('written');
        await near.broker.release(id, 1);
        const claim = await far.broker.claim(id);
        expect(claim).toEqual({
            fence: 2,
            record: {
                id,
                transport: 'sse',
                owner: far.broker.processId,
                fence: 2,
                protocolVersion: state.protocolVersion
            },
            state,
            positions: new Map()
        });
    });
}
