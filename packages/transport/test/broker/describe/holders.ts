import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { CREDENTIAL, type MakeHub, openSession, toPost } from '../test-hub.ts';

/** Processes that hold the streams of a session, and what wakes them. */
export function describeHolders(makeHub: MakeHub): void {
    test('the holder of a stream learns that another process holds it', async () => {
        await using hub = await makeHub();
        const [owner, former, next] = [await hub.join(), await hub.join(), await hub.join()];
        const id = await openSession(owner);
        await former.broker.hold(id, 0);
        await next.broker.hold(id, 0);
        await former.woken(id, 'superseded', 0);
        expect([await former.broker.holds(id, 0), await next.broker.holds(id, 0)]).toEqual([
            undefined,
            { owner: owner.broker.processId }
        ]);
        expect(await next.broker.holds(randomUUID(), 0)).toBeUndefined();
        await owner.broker.append(id, 1, { stream: 0, json: '{}' });
        await next.woken(id, 'events', 0);
        expect(former.wakes).toEqual([]);
    });

    test('hold returns the owner while its lease has not ended, and unknown for a stream that is not open', async () => {
        await using hub = await makeHub();
        const [owner, holder] = [await hub.join(), await hub.join()];
        const { broker } = holder;
        const id = await openSession(owner);
        await owner.broker.accept(id, CREDENTIAL, toPost(1, 'first', '', true));
        const owned = { owner: owner.broker.processId, position: 0 };
        expect([await broker.hold(id, 0), await broker.hold(id, 1)]).toEqual([owned, owned]);
        await owner.broker.append(id, 1, { stream: 1, json: 'answer', settles: 1 });
        await holder.woken(id, 'events', 1);
        const unknown = [await broker.hold(id, 1), await broker.hold(id, 2), await broker.hold(randomUUID(), 0)];
        expect(unknown).toEqual(['unknown', 'unknown', 'unknown']);
        expect(await broker.read(id, 1, 0, 10)).toMatchObject({ ended: true });
        owner.stop();
        await hub.passLease();
        expect(await broker.hold(id, 0)).toEqual({ owner: undefined, position: 0 });
        expect(holder.wakes).toEqual([]);
    });

    test('events of a stream that its holder has given up wake no process', async () => {
        await using hub = await makeHub();
        const [owner, holder, other] = [await hub.join(), await hub.join(), await hub.join()];
        const id = await openSession(owner);
        await holder.broker.hold(id, 0);
        await other.broker.unhold(id, 0, 0);
        await owner.broker.append(id, 1, { stream: 0, json: 'first' });
        await holder.woken(id, 'events', 0);
        await holder.broker.unhold(id, 0, 0);
        await owner.broker.append(id, 1, { stream: 0, json: 'second' });
        // It is woken for what comes later than the event.
        await holder.broker.hold(id, 0);
        await other.broker.hold(id, 0);
        await holder.woken(id, 'superseded', 0);
        expect(holder.wakes).toEqual([]);
    });

    test('the next holder learns which event the former one has sent', async () => {
        await using hub = await makeHub();
        const [owner, holder, next] = [await hub.join(), await hub.join(), await hub.join()];
        const id = await openSession(owner);
        await holder.broker.hold(id, 0);
        await owner.broker.append(id, 1, { stream: 0, json: 'first' });
        await next.broker.unhold(id, 0, 7);
        await holder.broker.unhold(id, 0, 1);
        expect(await next.broker.hold(id, 0)).toMatchObject({ position: 1 });
    });

    test('a process that gets a POST holds the stream of its answer', async () => {
        await using hub = await makeHub();
        const [owner, other] = [await hub.join(), await hub.join()];
        const id = await openSession(owner);
        await other.broker.accept(id, CREDENTIAL, toPost(1, 'first', '', true));
        await owner.broker.append(id, 1, { stream: 1, json: 'answer', settles: 1 });
        await other.woken(id, 'events', 1);
    });

    test('a process that opens a session may hold its stream at once', async () => {
        await using hub = await makeHub();
        const [owner, next] = [await hub.join(), await hub.join()];
        const id = randomUUID();
        await owner.broker.open({ id, transport: 'sse', credential: CREDENTIAL, holds: true });
        await next.broker.hold(id, 0);
        await owner.woken(id, 'superseded', 0);
    });

    test('another process is woken to wait for a client whose process is gone: one that crashed, or that left', async () => {
        await using hub = await makeHub();
        const [crashed, left, heir] = [await hub.join(), await hub.join(), await hub.join()];
        const [first, second, third] = [await openSession(crashed), await openSession(heir), await openSession(left)];
        await crashed.broker.hold(first, 0);
        await left.broker.hold(second, 0);
        await left.broker.unhold(second, 0, 0);
        // It is held elsewhere when its process crashes.
        await crashed.broker.hold(third, 0);
        await heir.broker.hold(third, 0);
        await hub.passLease();
        await left.broker[Symbol.asyncDispose]();
        crashed.stop();
        await hub.passLease();
        await hub.passLease();
        await Promise.all([heir.woken(first, 'left'), heir.woken(second, 'left')]);
        expect(heir.wakes).toEqual([]);
        expect(await heir.broker.endIfUnheld(first, 'test', true)).toBe('ended');
        expect(await heir.broker.endIfUnheld(second, 'test', true)).toBe('ended');
    });

    test('a process that was only stopped still holds its streams when it wakes', async () => {
        await using hub = await makeHub();
        const [stopped, heir] = [await hub.join(), await hub.join()];
        const id = await openSession(heir);
        await stopped.broker.hold(id, 0);
        stopped.stop();
        await hub.passLease();
        await heir.woken(id, 'left');
        stopped.resume();
        await hub.passLease();
        expect(await heir.broker.endIfUnheld(id, 'test', true)).toBe('held');
        await heir.broker.append(id, 1, { stream: 0, json: '{}' });
        await stopped.woken(id, 'events', 0);
        // From then on it is the one that waits for its client again.
        stopped.stop();
        await hub.passLease();
        await heir.woken(id, 'left');
    });

    test('endIfUnheld ends a session unless a process that is alive holds one of its streams', async () => {
        await using hub = await makeHub();
        const [owner, holder] = [await hub.join(), await hub.join()];
        const { broker } = owner;
        const id = await openSession(owner);
        await holder.broker.hold(id, 0);
        expect(await broker.endIfUnheld(id, 'test')).toBe('held');
        await holder.broker.unhold(id, 0, 0);
        await holder.broker.accept(id, CREDENTIAL, toPost(1, 'first', '', true));
        expect(await broker.endIfUnheld(id, 'test')).toBe('held');
        expect(await broker.find(id, CREDENTIAL)).toBeDefined();
        holder.stop();
        await hub.passLease();
        expect(await broker.endIfUnheld(id, 'test')).toBe('ended');
        expect(await broker.endIfUnheld(id, 'test')).toBe('unknown');
        const reason = 'test';
        expect(await broker.accept(id, CREDENTIAL, toPost(2))).toEqual({ kind: 'unknown-session', reason });
        await holder.woken(id, 'ended');
    });

    test('the holder of the stream is woken when the owner releases the session', async () => {
        await using hub = await makeHub();
        const [owner, holder, other] = [await hub.join(), await hub.join(), await hub.join()];
        const id = await openSession(owner);
        await holder.broker.hold(id, 0);
        await owner.broker.release(id, 1);
        await holder.woken(id, 'orphaned');
        expect(await holder.broker.claim(id)).toMatchObject({ fence: 2 });
        await holder.broker.accept(id, CREDENTIAL, toPost(1));
        await other.broker.hold(id, 0);
        await holder.woken(id, 'superseded', 0);
        await holder.broker.release(id, 2);
        await other.woken(id, 'orphaned');
        await other.broker.claim(id);
        // The holder itself needs no wake.
        await other.broker.append(id, 3, { stream: 0, json: 'answer', settles: 1 });
        await other.broker.release(id, 3);
        expect([owner.wakes, holder.wakes, other.wakes]).toEqual([[], [], []]);
    });
}
