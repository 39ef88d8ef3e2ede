import { expect, test } from 'vitest';
import { Budget } from '../../src/server/delivery/memory-limit.ts';
import { ENTRY_BYTES, ReplayLog } from '../../src/server/delivery/replay-log.ts';

function createLog(messages: string[]): ReplayLog {
    const log = new ReplayLog(new Budget(0));
    for (const json of messages) log.append(json, 0);
    return log;
}

test('positions count from 1, and go on after messages were forgotten', () => {
    const log = new ReplayLog(new Budget(0));
    expect([log.first, log.last, log.length, log.bytes]).toEqual([1, 0, 0, 0]);
    log.append('a', 0);
    log.append('b', 0);
    log.evictFirst();
    expect([log.first, log.last, log.length]).toEqual([2, 2, 1]);
    log.evictFirst();
    log.evictFirst();
    expect([log.first, log.last, log.length]).toEqual([3, 2, 0]);
    log.append('c', 0);
    expect([log.first, log.last]).toEqual([3, 3]);
    expect([2, 3, 4].map(position => log.at(position)?.json)).toEqual([undefined, 'c', undefined]);
});

test('the size of a message is that of its JSON in UTF-8 and of its entry', () => {
    const log = createLog(['é', '😀', 'a']);
    expect(log.bytes).toBe(2 + 4 + 1 + 3 * ENTRY_BYTES);
    log.evictFirst();
    expect(log.bytes).toBe(4 + 1 + 2 * ENTRY_BYTES);
    log.clear();
    expect([log.bytes, log.length]).toEqual([0, 0]);
});

function send(log: ReplayLog, position: number, now: number): void {
    const entry = log.at(position);
    if (entry) entry.sentAt = now;
}

test('what was sent long ago is forgotten, but nothing that has not been sent', () => {
    const log = createLog(['a', 'b', 'c', 'd']);
    send(log, 1, 10);
    send(log, 2, 20);
    send(log, 3, 30);
    log.evictThrough(3, 9);
    expect(log.first).toBe(1);
    log.evictThrough(3, 20);
    expect(log.first).toBe(3);
    // Sent again, it is as new as ever.
    send(log, 3, 50);
    log.evictThrough(3, 40);
    expect(log.first).toBe(3);
    log.evictThrough(3, 100);
    expect([log.first, log.length]).toEqual([4, 1]);
});
