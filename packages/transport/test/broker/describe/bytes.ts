import { expect, test } from 'vitest';
import { CREDENTIAL, type MakeHub, openSession, type TestProcess, toNote, toPost } from '../test-hub.ts';

/** Opens a session with a stream that has ended, whose answer takes 60 bytes. */
export async function openAnswered({ broker }: TestProcess): Promise<string> {
    const id = await openSession({ broker });
    await broker.accept(id, CREDENTIAL, toPost(1, 'first', '', true));
    await broker.append(id, 1, { stream: 1, json: 'a'.repeat(60), settles: 1 });
    return id;
}

/** The bytes that the events of a session may take. */
export function describeBytes(makeHub: MakeHub): void {
    test('above maxBytes the oldest events of the stream are trimmed, but never the three newest', async () => {
        await using hub = await makeHub({ maxBytes: 100 });
        const { broker } = await hub.join();
        const id = await openSession({ broker });
        const append = (json: string) => broker.append(id, 1, { stream: 0, json });
        // 30 bytes each.
        const events = ['1', '2', '3', '4'].map(digit => digit.repeat(20) + 'é'.repeat(5));
        for (const json of events) await append(json);
        expect(await broker.read(id, 0, 0, 10)).toBe('trimmed');
        expect(await broker.read(id, 0, 1, 10)).toMatchObject({ events: events.slice(1).map(json => ({ json })) });
        for (const position of [5, 6, 7]) expect(await append(String(position).repeat(500))).toBe(position);
        expect(await broker.read(id, 0, 3, 10)).toBe('trimmed');
        expect(await broker.read(id, 0, 4, 10)).toMatchObject({ events: [5, 6, 7].map(position => ({ position })) });
    });

    test('of the stream of a POST, only the newest event is kept whatever its size', async () => {
        await using hub = await makeHub({ maxBytes: 100 });
        const { broker } = await hub.join();
        const id = await openSession({ broker });
        await broker.accept(id, CREDENTIAL, toPost(1, 'first', '', true));
        for (const digit of ['1', '2']) await broker.append(id, 1, { stream: 1, json: digit.repeat(500) });
        expect(await broker.read(id, 1, 0, 10)).toBe('trimmed');
        expect(await broker.read(id, 1, 1, 10)).toMatchObject({ events: [{ position: 2 }] });
    });

    test('above maxInboxBytes a POST is refused, unless nothing else waits', async () => {
        await using hub = await makeHub({ maxInboxBytes: 100 });
        const { broker } = await hub.join();
        const id = await openSession({ broker });
        const post = (number: number, bytes: number) =>
            broker.accept(id, CREDENTIAL, toPost(number, `${number} `.padEnd(bytes, 'x')));
        const full = { kind: 'too-many-requests' };
        expect(await post(1, 500)).toMatchObject({ kind: 'accepted' });
        expect(await post(2, 1)).toEqual(full);
        await broker.append(id, 1, { stream: 0, json: 'answer', settles: 1 });
        for (const number of [2, 3]) expect(await post(number, 50)).toMatchObject({ kind: 'accepted' });
        expect(await post(4, 10)).toEqual(full);
        // Replies may let the requests end.
        const reply = (text: string) => broker.accept(id, CREDENTIAL, toNote(text.padEnd(90, 'x')));
        expect([(await reply('a')).kind, (await reply('b')).kind]).toEqual(['accepted', 'too-many-requests']);
        await broker.settle(id, 1, [4]);
        await broker.append(id, 1, { stream: 0, json: 'answer', settles: 2 });
        expect(await post(4, 10)).toMatchObject({ kind: 'accepted' });
    });

    test('a large inbox is taken in parts, and what was not taken does not count as an attempt', async () => {
        await using hub = await makeHub();
        const [former, next] = [await hub.join(), await hub.join()];
        const id = await openSession(former);
        await former.broker.release(id, 1);
        for (const number of [1, 2, 3]) {
            await former.broker.accept(id, CREDENTIAL, toPost(number, `${number} `.padEnd(600_000, 'x')));
        }
        await former.broker.claim(id);
        expect(await former.broker.takeInbox(id, 2, 0)).toMatchObject([{ entry: 1 }, { entry: 2 }]);
        // It has not got the third one, and so does not get the fourth one before.
        expect(await former.broker.accept(id, CREDENTIAL, toPost(4))).toEqual({ kind: 'accepted', stream: 0 });
        await former.broker.release(id, 2);
        await next.broker.claim(id);
        const parts = [await next.broker.takeInbox(id, 3, 0), await next.broker.takeInbox(id, 3, 2)].flat();
        expect(parts).toMatchObject([{ attempts: 1 }, { attempts: 1 }, { entry: 3, attempts: 0 }, { entry: 4 }]);
    });

    test('an answer that its holder has to read is not dropped until it has read it, given it up, or is gone', async () => {
        await using hub = await makeHub({ maxBytes: 100 });
        const [owner, holder, gone] = [await hub.join(), await hub.join(), await hub.join()];
        const id = await openSession(owner);
        const processes = [holder, holder, gone, owner];
        for (const [index, { broker }] of processes.entries()) {
            await broker.accept(id, CREDENTIAL, toPost(index + 1, `post ${index + 1}`, '', true));
        }
        // One progress event, and the answer, of 120 bytes together.
        for (const stream of [1, 2, 3, 4]) {
            await owner.broker.append(id, 1, { stream, json: 'a'.repeat(60) });
            await owner.broker.append(id, 1, { stream, json: 'b'.repeat(60), settles: stream });
        }
        const readAll = (stream: number, process = owner) => process.broker.read(id, stream, 0, 10);
        const whole = { ended: true, events: [{ position: 1 }, { position: 2 }] };
        const drop = () => owner.broker.append(id, 1, { stream: 0, json: 'c' });
        await drop();
        // Another process reads it, and the holder a part of it.
        for (const stream of [1, 2, 3]) expect(await readAll(stream)).toMatchObject(whole);
        expect(await holder.broker.read(id, 1, 0, 1)).toMatchObject({ last: 2 });
        expect(await readAll(4)).toBe('trimmed');
        await drop();
        expect(await readAll(1, holder)).toMatchObject(whole);
        await drop();
        expect(await readAll(1)).toBe('trimmed');
        await holder.broker.unhold(id, 2, 0);
        gone.stop();
        await hub.passLease();
        // A process looks for those that are gone when a POST comes.
        await owner.broker.accept(id, CREDENTIAL, toPost(5));
        await drop();
        expect([await readAll(2), await readAll(3), await readAll(9)]).toEqual(['trimmed', 'trimmed', 'unknown']);
    });

    test('a request counts as in flight until the holder of its stream has read its answer', async () => {
        await using hub = await makeHub();
        const [owner, holder] = [await hub.join(), await hub.join()];
        const id = await openSession(owner);
        const messages = [1, 2, 3].map(number => ({ json: `request ${number}`, id: number }));
        await holder.broker.accept(id, CREDENTIAL, { ...toPost(1, 'batch', '', true), messages });
        for (const settles of [1, 2, 3]) await owner.broker.append(id, 1, { stream: 1, json: 'answer', settles });
        await owner.broker.accept(id, CREDENTIAL, toPost(4));
        expect(await owner.broker.accept(id, CREDENTIAL, toPost(5))).toEqual({ kind: 'too-many-requests' });
        await holder.broker.read(id, 1, 0, 10);
        expect(await owner.broker.accept(id, CREDENTIAL, toPost(5))).toMatchObject({ kind: 'accepted' });
    });

    test('a stream whose requests were all cancelled ends without an event, also if others are dropped', async () => {
        await using hub = await makeHub({ maxBytes: 100 });
        const { broker } = await hub.join();
        const id = await openSession({ broker });
        await broker.accept(id, CREDENTIAL, toPost(1, 'first', '', true));
        await broker.settle(id, 1, [1]);
        for (let count = 1; count <= 5; count++) await broker.append(id, 1, { stream: 0, json: 'b'.repeat(60) });
        expect(await broker.read(id, 1, 0, 10)).toEqual({ events: [], last: 0, ended: true });
        expect(await broker.read(id, 1, 1, 10)).toBe('future');
    });
}
