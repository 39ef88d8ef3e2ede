import { expect, test } from 'vitest';
import { CREDENTIAL, type MakeHub, openSession, type TestProcess, toPost } from '../test-hub.ts';

/** Opens a session with a stream that has ended, whose answer takes 60 bytes. */
export async function openAnswered({ broker }: TestProcess): Promise<string> {
    const id = await openSession({ broker });
    await broker.accept(id, CREDENTIAL, toPost(1, 'first', '', true));
    await broker.append(id, 1, { stream: 1, json: 'a'.repeat(60), settles: 1 });
    return id;
}

/** The bytes that the events of a session may take. */
export function describeBytes(makeHub: MakeHub): void {
    test('above maxBytes the oldest events of the stream are trimmed, but never the newest', async () => {
        await using hub = await makeHub({ maxBytes: 100 });
        const { broker } = await hub.join();
        const id = await openSession({ broker });
        const append = (json: string) => broker.append(id, 1, { stream: 0, json });
        // 40 bytes each.
        const events = ['1', '2', '3'].map(digit => digit.repeat(20) + 'é'.repeat(10));
        for (const json of events) await append(json);
        expect(await broker.read(id, 0, 0, 10)).toBe('trimmed');
        expect(await broker.read(id, 0, 1, 10)).toMatchObject({ events: [{ json: events[1] }, { json: events[2] }] });
        expect(await append('4'.repeat(500))).toBe(4);
        expect(await broker.read(id, 0, 2, 10)).toBe('trimmed');
        expect(await broker.read(id, 0, 3, 10)).toMatchObject({ events: [{ position: 4 }], last: 4 });
        expect(await append('5')).toBe(5);
        expect(await broker.read(id, 0, 4, 10)).toMatchObject({ events: [{ json: '5' }], last: 5 });
    });

    test('an answer that its holder may not have read yet is dropped only above twice maxBytes', async () => {
        await using hub = await makeHub({ maxBytes: 100 });
        const process = await hub.join();
        const id = await openAnswered(process);
        const append = (bytes: number) => process.broker.append(id, 1, { stream: 0, json: 'b'.repeat(bytes) });
        await append(30);
        await append(30);
        expect(await process.broker.read(id, 0, 0, 10)).toBe('trimmed');
        expect(await process.broker.read(id, 1, 0, 10)).toMatchObject({ ended: true, events: [{ position: 1 }] });
        await append(150);
        expect(await process.broker.read(id, 1, 0, 10)).toBe('unknown');
        expect(await process.broker.read(id, 0, 2, 10)).toMatchObject({ events: [{ position: 3 }] });
    });
}
