import { expect, test } from 'vitest';
import { MemoryLimit } from '../../src/server/delivery/memory-limit.ts';
import { BATCH, ENTRY_BYTES, ReplayLog } from '../../src/server/delivery/replay-log.ts';

function createLog(messages: string[] = []): ReplayLog {
    const log = new ReplayLog(new MemoryLimit(0), 'log');
    for (const json of messages) log.append(json, 0);
    return log;
}

test('positions count from 1, and continue after messages were dropped', () => {
    const log = createLog();
    expect([log.first, log.last, log.length, log.bytes]).toEqual([1, 0, 0, 0]);
    log.append('a', 0);
    log.append('b', 0);
    log.dropUntil(0, false);
    expect([log.first, log.last, log.length]).toEqual([3, 2, 0]);
    log.append('c', 0);
    expect([log.first, log.last]).toEqual([3, 3]);
    expect([2, 3, 4].map(position => log.at(position))).toEqual([undefined, 'c', undefined]);
    expect([1, 2, 3].map(position => log.hasAllAfter(position))).toEqual([false, true, true]);
});

test('the size of a message is that of its JSON in UTF-8 and of its entry', () => {
    const log = createLog(['é', '😀', 'a']);
    expect(log.bytes).toBe(2 + 4 + 1 + 3 * ENTRY_BYTES);
    log.dropOldest(false);
    expect(log.bytes).toBe(4 + 1 + 2 * ENTRY_BYTES);
    log.clear();
    expect([log.bytes, log.length]).toEqual([0, 0]);
});

test('messages are written in order as events, about one batch at a time', () => {
    const large = 'x'.repeat(BATCH);
    const log = createLog(['1', large, '3']);
    expect(log.writeBatch(0)).toBe(
        `id: log:1\nevent: message\ndata: 1\n\nid: log:2\nevent: message\ndata: ${large}\n\n`
    );
    expect(log.writeBatch(0)).toBe('id: log:3\nevent: message\ndata: 3\n\n');
    expect(log.writeBatch(0)).toBe('');
    log.continueAfter(2);
    expect(log.writeBatch(0)).toBe('id: log:3\nevent: message\ndata: 3\n\n');
});

test('the oldest message is dropped once the network has taken it, or no client is awaited; the last one is kept', () => {
    const log = createLog(['a', 'b', 'c']);
    expect(log.dropOldest(true)).toBe(false);
    log.writeBatch(0);
    expect(log.dropOldest(true)).toBe(false);
    log.markTaken();
    expect([log.dropOldest(true), log.first]).toEqual([true, 2]);
    log.append('d', 0);
    expect([log.dropOldest(true), log.dropOldest(true), log.first]).toEqual([true, true, 4]);
    log.append('e', 0);
    expect([log.dropOldest(true), log.dropOldest(false), log.dropOldest(false)]).toEqual([false, true, false]);
});

test('messages that were sent long ago are dropped, and unsent messages are not', () => {
    const log = createLog(['x'.repeat(BATCH), 'x'.repeat(BATCH), 'x'.repeat(BATCH), 'd']);
    for (const now of [10, 20, 30]) log.writeBatch(now);
    log.markTaken();
    log.dropUntil(9, true);
    expect(log.first).toBe(1);
    log.dropUntil(20, true);
    expect(log.first).toBe(3);
    // The time of a message restarts when it is sent again.
    log.continueAfter(2);
    log.writeBatch(50);
    log.markTaken();
    log.dropUntil(40, true);
    expect(log.first).toBe(3);
    log.dropUntil(100, true);
    expect([log.first, log.length]).toEqual([4, 1]);
});
