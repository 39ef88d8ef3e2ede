import { expect, test } from 'vitest';
import { MemoryLimit, type MessageHolder } from '../../src/server/delivery/memory-limit.ts';

interface Kept {
    sent?: number;
    unsent?: number;
    isOpen?: boolean;
    isNeeded?: boolean;
}

/** A limit with holders of messages of 100 bytes, and a list of the methods that it calls. */
function createSession(maxBytes: number, kept: Record<string, Kept>) {
    const limit = new MemoryLimit(maxBytes);
    const did: string[] = [];
    const holders = Object.entries(kept).map(([name, { sent = 0, unsent = 0, isOpen = false, isNeeded = false }]) => {
        const add = (messages: number) => {
            limit.messages += messages;
            limit.bytes += 100 * messages;
        };
        add(sent + unsent);
        const holder: MessageHolder = {
            get bytes() {
                return 100 * (sent + unsent);
            },
            dropOldest() {
                if (sent === 0) return false;
                did.push(`${name} drops one`);
                sent--;
                add(-1);
                return true;
            },
            disconnect() {
                if (!isOpen) return false;
                did.push(`${name} is disconnected`);
                isOpen = false;
                return true;
            },
            giveUp() {
                if (isNeeded) return false;
                did.push(`${name} is given up`);
                add(-sent - unsent);
                sent = unsent = 0;
                return true;
            }
        };
        return holder;
    });
    return { limit, did, makeRoom: () => limit.makeRoom({ holders: () => holders }) };
}

test('above the limit, sent messages are dropped, those of the oldest stream first', () => {
    const { did, makeRoom, limit } = createSession(250, {
        first: { sent: 2 },
        second: { sent: 2, unsent: 1, isOpen: true }
    });
    expect(makeRoom()).toBe(true);
    expect(did).toEqual(['first drops one', 'first drops one', 'second drops one']);
    expect(limit.bytes).toBe(200);
});

test('one message is kept whatever its size, so that it and the next one are the two newest', () => {
    const { did, makeRoom } = createSession(10, { only: { unsent: 1, isOpen: true } });
    expect(makeRoom()).toBe(true);
    expect(did).toEqual([]);
});

test('above the limit, the stream with the most unsent bytes is disconnected, and no other', () => {
    const { did, makeRoom } = createSession(300, {
        fast: { unsent: 1, isOpen: true },
        slow: { unsent: 3, isOpen: true }
    });
    expect([makeRoom(), makeRoom()]).toEqual([true, true]);
    expect(did).toEqual(['slow is disconnected']);
});

test('above twice the limit, the messages of that stream are given up', () => {
    const { did, makeRoom } = createSession(100, { away: { unsent: 3 }, reader: { unsent: 1, isOpen: true } });
    expect(makeRoom()).toBe(true);
    expect(did).toEqual(['away is given up']);
});

test('above twice the limit, the session ends if it cannot continue without those messages', () => {
    const atTwice = createSession(100, { away: { unsent: 2, isNeeded: true } });
    expect(atTwice.makeRoom()).toBe(true);
    const above = createSession(100, { away: { unsent: 3, isNeeded: true } });
    expect(above.makeRoom()).toBe(false);
});

test('the largest write in transit does not count', () => {
    const { limit, did, makeRoom } = createSession(100, {
        large: { unsent: 8, isOpen: true },
        small: { unsent: 1, isOpen: true }
    });
    limit.setInTransit(800, 0);
    limit.setInTransit(100, 0);
    expect(makeRoom()).toBe(true);
    expect(did).toEqual([]);
    limit.setInTransit(0, 800);
    limit.setInTransit(0, 100);
    expect(makeRoom()).toBe(true);
    expect(did).toEqual(['large is disconnected']);
});
