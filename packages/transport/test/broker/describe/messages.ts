import { expect, test } from 'vitest';
import { CREDENTIAL, type MakeHub, openSession, toNote, toPost } from '../test-hub.ts';

/** Messages on their way to the owner, and events on their way to the client. */
export function describeMessages(makeHub: MakeHub): void {
    test('the owner gets its own messages at once, in the order in which they came', async () => {
        await using hub = await makeHub();
        const { broker, wakes } = await hub.join();
        const id = await openSession({ broker });
        for (const number of [1, 2, 3]) {
            const taken = { fence: 1, firstEntry: number };
            expect(await broker.accept(id, CREDENTIAL, toPost(number))).toEqual({ kind: 'accepted', stream: 0, taken });
        }
        for (const number of [2, 1, 3]) {
            const event = { stream: 0, json: `answer ${number}`, settles: number };
            expect(await broker.append(id, 1, event)).toBe([2, 1, 3].indexOf(number) + 1);
        }
        const events = ['answer 2', 'answer 1', 'answer 3'].map((json, index) => ({ position: index + 1, json }));
        expect(await broker.read(id, 0, 0, 10)).toEqual({ events, last: 3, ended: false });
        expect(await broker.takeInbox(id, 1, 0)).toEqual([]);
        expect(wakes).toEqual([]);
    });

    test('a message at another process wakes the owner, and its answer wakes the holder of the stream', async () => {
        await using hub = await makeHub();
        const [owner, other] = [await hub.join(), await hub.join()];
        const id = await openSession(owner);
        await other.broker.hold(id, 0);
        expect(await other.broker.accept(id, CREDENTIAL, toPost(7))).toEqual({ kind: 'accepted', stream: 0 });
        await owner.woken(id, 'inbox');
        // What comes now at the owner is not taken before what is waiting.
        expect(await owner.broker.accept(id, CREDENTIAL, toNote('later'))).toEqual({ kind: 'accepted', stream: 0 });
        const entries = await owner.broker.takeInbox(id, 1, 0);
        expect(entries).toEqual([
            { entry: 1, json: 'request 7', stream: 0, attempts: 0 },
            { entry: 2, json: 'later', stream: 0, attempts: 0 }
        ]);
        expect(await owner.broker.takeInbox(id, 1, 2)).toEqual([]);
        expect(await owner.broker.append(id, 1, { stream: 0, json: 'answer', settles: 1 })).toBe(1);
        expect(await owner.broker.settle(id, 1, [2])).toBe('written');
        await other.woken(id, 'events', 0);
        const events = [{ position: 1, json: 'answer' }];
        expect(await other.broker.read(id, 0, 0, 10)).toEqual({ events, last: 1, ended: false });
    });

    test('a POST is recognized when it comes again, at any process', async () => {
        await using hub = await makeHub();
        const [owner, other] = [await hub.join(), await hub.join()];
        const id = await openSession(owner);
        const accept = (post: ReturnType<typeof toPost>) => other.broker.accept(id, CREDENTIAL, post);
        await owner.broker.accept(id, CREDENTIAL, toPost(1));
        const repeated = { kind: 'repeated', stream: 0 };
        expect(await accept(toPost(1))).toEqual(repeated);
        expect(await accept(toPost(1, 'request 1', 'key'))).toEqual(repeated);
        expect(await accept(toPost(1, 'other content'))).toEqual({ kind: 'id-in-flight', id: 1 });
        await owner.broker.append(id, 1, { stream: 0, json: 'answer', settles: 1 });
        expect(await accept(toPost(1, 'request 1', 'key'))).toEqual(repeated);
        expect(await accept(toPost(1))).toEqual({ kind: 'accepted', stream: 0 });
    });

    test('a POST that arrives after its own retry is not run', async () => {
        await using hub = await makeHub();
        const [owner, other] = [await hub.join(), await hub.join()];
        const id = await openSession(owner);
        await owner.broker.accept(id, CREDENTIAL, toPost(1, 'request 1', 'key'));
        const repeated = { kind: 'repeated', stream: 0 };
        expect(await other.broker.accept(id, CREDENTIAL, toPost(1))).toEqual(repeated);
        await owner.broker.append(id, 1, { stream: 0, json: 'answer', settles: 1 });
        expect(await other.broker.accept(id, CREDENTIAL, toPost(1))).toEqual(repeated);
        expect((await other.broker.accept(id, CREDENTIAL, toPost(1, 'other content'))).kind).toBe('accepted');
    });

    test('unanswered requests of a session are limited, and so are all messages that wait', async () => {
        await using hub = await makeHub({ maxInFlight: 2 });
        const { broker } = await hub.join();
        const id = await openSession({ broker });
        const kinds = [];
        const posts = [toPost(1), toPost(2), toPost(3), toNote('a'), toNote('b'), toNote('c')];
        for (const post of posts) kinds.push((await broker.accept(id, CREDENTIAL, post)).kind);
        const refused = 'too-many-requests';
        expect(kinds).toEqual(['accepted', 'accepted', refused, 'accepted', 'accepted', refused]);
    });

    test('a cancelled request is settled when its cancellation is accepted, and the holder of its stream is woken', async () => {
        await using hub = await makeHub({ maxInFlight: 2 });
        const [owner, other] = [await hub.join(), await hub.join()];
        const id = await openSession(owner);
        const post = (number: number, content: string, key = '') =>
            other.broker.accept(id, CREDENTIAL, toPost(number, content, key, true));
        expect(await post(1, 'first')).toMatchObject({ stream: 1 });
        expect(await post(2, 'second')).toMatchObject({ stream: 2 });
        await owner.broker.takeInbox(id, 1, 0);
        expect((await post(3, 'third')).kind).toBe('too-many-requests');
        const cancel = (json: string, cancels: number) =>
            other.broker.accept(id, CREDENTIAL, { ...toNote(json), messages: [{ json, cancels }] });
        expect(await cancel('cancel 1', 1)).toEqual({ kind: 'accepted', stream: 0 });
        await other.woken(id, 'events', 1);
        // The place and the id are free, and a retry is recognized.
        expect(await post(1, 'first', 'key')).toEqual({ kind: 'repeated', stream: 1 });
        expect(await post(1, 'new')).toMatchObject({ kind: 'accepted', stream: 3 });
        expect((await post(4, 'fourth')).kind).toBe('too-many-requests');
        // What the owner still does for the cancelled request has no effect on the new one.
        expect(await owner.broker.append(id, 1, { stream: 1, json: 'late', settles: 1 })).toBe('settled');
        expect(await owner.broker.takeInbox(id, 1, 2)).toMatchObject([{ json: 'cancel 1' }, { json: 'new' }]);
        expect(await owner.broker.settle(id, 1, [1, 3])).toBe('written');
        expect(await post(1, 'other content')).toEqual({ kind: 'id-in-flight', id: 1 });
        expect(await owner.broker.append(id, 1, { stream: 3, json: 'answer', settles: 4 })).toBe(1);
        expect(await other.broker.read(id, 3, 0, 10)).toMatchObject({ events: [{ json: 'answer' }], ended: true });
        expect(await cancel('too late', 1)).toEqual({ kind: 'accepted', stream: 0 });
        expect(await other.broker.read(id, 1, 0, 10)).toEqual({ events: [], last: 0, ended: true });
    });

    test('after POSTs were forgotten early, the outcome of an unknown retry is not known', async () => {
        await using hub = await makeHub({ maxRememberedPosts: 4 });
        const { broker } = await hub.join();
        const id = await openSession({ broker });
        const retry = (number: number) => broker.accept(id, CREDENTIAL, toPost(number, `request ${number}`, 'key'));
        for (const number of [1, 2, 3, 4, 5]) {
            await broker.accept(id, CREDENTIAL, toPost(number));
            await broker.append(id, 1, { stream: 0, json: 'answer', settles: number });
        }
        expect(await retry(5)).toEqual({ kind: 'repeated', stream: 0 });
        expect(await retry(3)).toEqual({ kind: 'repeated', stream: 0 });
        expect(await retry(1)).toEqual({ kind: 'outcome-unknown' });
        expect(await broker.accept(id, CREDENTIAL, toPost(1))).toMatchObject({ kind: 'accepted' });
    });

    test('a request is settled once, so that its answer can be appended again', async () => {
        await using hub = await makeHub();
        const { broker } = await hub.join();
        const id = await openSession({ broker });
        await broker.accept(id, CREDENTIAL, toPost(1));
        expect(await broker.append(id, 1, { stream: 0, json: 'answer', settles: 1 })).toBe(1);
        expect(await broker.append(id, 1, { stream: 0, json: 'answer', settles: 1 })).toBe('settled');
        expect(await broker.read(id, 0, 1, 10)).toEqual({ events: [], last: 1, ended: false });
    });

    test('an event with its position is appended once, also if its stream has ended since', async () => {
        await using hub = await makeHub();
        const { broker } = await hub.join();
        const id = await openSession({ broker });
        await broker.accept(id, CREDENTIAL, toPost(1, 'first', '', true));
        const events = [
            { stream: 0, json: 'note', position: 1 },
            { stream: 1, json: 'progress', position: 1 },
            { stream: 1, json: 'answer', position: 2, settles: 1 }
        ];
        for (const event of [...events, ...events]) expect(await broker.append(id, 1, event)).toBe(event.position);
        expect(await broker.append(id, 1, { stream: 1, json: 'too late', position: 3 })).toBe('settled');
        expect(await broker.append(id, 1, { stream: 0, json: 'next', position: 2 })).toBe(2);
        expect(await broker.read(id, 1, 0, 10)).toMatchObject({ events: [{ json: 'progress' }, { json: 'answer' }] });
        expect(await broker.read(id, 0, 0, 10)).toMatchObject({ events: [{ json: 'note' }, { json: 'next' }] });
    });

    test('the stream of a POST has its own positions, and ends with its last answer', async () => {
        await using hub = await makeHub();
        const [owner, holder] = [await hub.join(), await hub.join()];
        const id = await openSession(owner);
        const { broker } = owner;
        const accepted = await broker.accept(id, CREDENTIAL, toPost(1, 'first', '', true));
        expect(accepted).toMatchObject({ kind: 'accepted', stream: 1 });
        expect(await broker.accept(id, CREDENTIAL, toPost(2, 'second', '', true))).toMatchObject({ stream: 2 });
        await holder.broker.hold(id, 1);
        expect(await broker.append(id, 1, { stream: 1, json: 'progress' })).toBe(1);
        expect(await broker.read(id, 1, 1, 10)).toEqual({ events: [], last: 1, ended: false });
        expect(await broker.append(id, 1, { stream: 1, json: 'answer', settles: 1 })).toBe(2);
        await holder.woken(id, 'events', 1);
        const events = [{ position: 2, json: 'answer' }];
        expect(await broker.read(id, 1, 1, 10)).toEqual({ events, last: 2, ended: true });
        expect(await broker.append(id, 1, { stream: 1, json: 'too late' })).toBe('settled');
        expect(await broker.append(id, 1, { stream: 2, json: 'other' })).toBe(1);
        expect(await broker.accept(id, CREDENTIAL, toPost(1, 'first', 'key', true))).toEqual({
            kind: 'repeated',
            stream: 1
        });
    });

    test('a reader learns that events are gone, that a position never was, and that a stream is not there', async () => {
        await using hub = await makeHub();
        const { broker } = await hub.join();
        const id = await openSession({ broker });
        for (let position = 1; position <= 8; position++) {
            expect(await broker.append(id, 1, { stream: 0, json: String(position) })).toBe(position);
        }
        const readings = [2, 3, 8, 9].map(after => broker.read(id, 0, after, 2));
        const events = [4, 5].map(position => ({ position, json: String(position) }));
        expect(await Promise.all(readings)).toEqual([
            'trimmed',
            { events, last: 8, ended: false },
            { events: [], last: 8, ended: false },
            'future'
        ]);
        expect(await broker.read(id, 5, 0, 2)).toBe('unknown');
    });
}
