import { expect, test } from 'vitest';
import { CREDENTIAL, type MakeHub, openSession, toPost } from '../test-hub.ts';

/** Owners that crash, come late, or hand over. */
export function describeOwners(makeHub: MakeHub): void {
    test('an owner that is alive keeps its session; when its lease has ended, what it writes is refused', async () => {
        await using hub = await makeHub();
        const [former, next] = [await hub.join(), await hub.join()];
        const id = await openSession(former);
        await former.broker.accept(id, CREDENTIAL, toPost(1));
        expect(await next.broker.claim(id)).toBeUndefined();
        await former.woken(id, 'inbox');

        former.stop();
        await hub.passLease();
        await next.woken(id, 'orphaned');
        expect(await next.broker.claim(id)).toMatchObject({ fence: 2 });
        const entries = await next.broker.takeInbox(id, 2, 0);
        expect(entries).toEqual([{ entry: 1, json: 'request 1', stream: 0, attempts: 1 }]);

        const { broker } = former;
        const event = { stream: 0, json: 'answer', settles: 1 };
        expect(await broker.append(id, 1, event)).toBe('fenced');
        expect(await broker.append(id, 2, event)).toBe('fenced');
        expect(await broker.settle(id, 1, [1])).toBe('fenced');
        expect(await broker.takeInbox(id, 1, 0)).toBe('fenced');
        expect(await broker.save(id, 1, { settings: [] })).toBe('fenced');
        await broker.release(id, 1);
        expect(await next.broker.append(id, 2, event)).toBe(1);
        await former.woken(id, 'claimed');
    });

    test('a new owner learns the last position of each stream that has not ended', async () => {
        await using hub = await makeHub();
        const [former, next] = [await hub.join(), await hub.join()];
        const id = await openSession(former);
        const { broker } = former;
        for (const [number, content] of ['ended', 'open', 'empty'].entries()) {
            await broker.accept(id, CREDENTIAL, toPost(number, content, '', true));
        }
        for (const json of ['first', 'second']) await broker.append(id, 1, { stream: 0, json });
        await broker.append(id, 1, { stream: 1, json: 'answer', settles: 1 });
        await broker.append(id, 1, { stream: 2, json: 'progress' });
        await broker.release(id, 1);
        expect((await next.broker.claim(id))?.positions).toEqual(
            new Map([
                [0, 2],
                [2, 1]
            ])
        );
    });

    test('a process learns which others are gone: those that crashed, and those that left', async () => {
        await using hub = await makeHub();
        const [process, crashed, left] = [await hub.join(), await hub.join(), await hub.join()];
        await hub.passLease();
        await left.broker[Symbol.asyncDispose]();
        crashed.stop();
        await hub.passLease();
        await Promise.all([process.missed(crashed.broker.processId), process.missed(left.broker.processId)]);
        crashed.resume();
        // It reports, and then the other one.
        await hub.passLease();
        await hub.passLease();
        crashed.stop();
        await hub.passLease();
        await process.missed(crashed.broker.processId);
    });

    test('a process whose lease has ended has to report before it accepts or claims', async () => {
        await using hub = await makeHub();
        const [late, other] = [await hub.join(), await hub.join()];
        const id = await openSession(late);
        late.stop();
        await hub.passLease();
        await expect(late.broker.accept(id, CREDENTIAL, toPost(1))).rejects.toMatchObject({
            name: 'BrokerUnavailable'
        });
        late.resume();
        await hub.passLease();
        await late.woken(id, 'inbox');
        // Nothing was waiting, and no other process has claimed it.
        expect(await late.broker.accept(id, CREDENTIAL, toPost(1))).toMatchObject({ kind: 'accepted' });
        expect(await other.broker.claim(id)).toBeUndefined();
    });

    test('a message for a session without a live owner wakes the process that accepts it', async () => {
        await using hub = await makeHub();
        const [former, next, third] = [await hub.join(), await hub.join(), await hub.join()];
        const id = await openSession(former);
        former.stop();
        await hub.passLease();
        expect(await next.broker.find(id, CREDENTIAL)).toMatchObject({ owner: undefined });
        expect(await next.broker.accept(id, CREDENTIAL, toPost(1))).toEqual({ kind: 'accepted', stream: 0 });
        await next.woken(id, 'orphaned');
        // It crashes before it claims.
        next.stop();
        await hub.passLease();
        await third.woken(id, 'orphaned');
        expect(await third.broker.claim(id)).toMatchObject({ fence: 2 });
        expect(await third.broker.takeInbox(id, 2, 0)).toHaveLength(1);
    });

    test('a released session with messages goes to another process; attempts count the owners that had them', async () => {
        await using hub = await makeHub();
        const [first, second] = [await hub.join(), await hub.join()];
        const id = await openSession(first);
        await first.broker.accept(id, CREDENTIAL, toPost(1));
        await first.broker.release(id, 1);
        await second.woken(id, 'orphaned');
        await second.broker.claim(id);
        expect(await second.broker.takeInbox(id, 2, 0)).toMatchObject([{ attempts: 1 }]);
        await second.broker.accept(id, CREDENTIAL, toPost(2));
        await second.broker.release(id, 2);
        await first.woken(id, 'orphaned');
        await first.broker.claim(id);
        expect(await first.broker.takeInbox(id, 3, 0)).toMatchObject([{ attempts: 2 }, { attempts: 1 }]);
    });
}
