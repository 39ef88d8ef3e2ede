import { expect, test } from 'vitest';
import { ReplayLog } from '../src/replay-log.ts';

function createLog(frames: string[]): ReplayLog {
    const log = new ReplayLog();
    frames.forEach((frame, index) => {
        log.append(frame, index * 10, index % 2 === 0 ? index : undefined);
    });
    return log;
}

test('positions count from 1, and go on after messages were forgotten', () => {
    const log = new ReplayLog();
    expect([log.first, log.last, log.length, log.bytes]).toEqual([1, 0, 0, 0]);
    log.append('a', 0, undefined);
    log.append('b', 0, undefined);
    log.evictFirst();
    expect([log.first, log.last, log.length]).toEqual([2, 2, 1]);
    log.evictFirst();
    log.evictFirst();
    expect([log.first, log.last, log.length]).toEqual([3, 2, 0]);
    log.append('c', 0, undefined);
    expect([log.first, log.last, log.frameAt(3), log.frameAt(2), log.frameAt(4)]).toEqual([3, 3, 'c', '', '']);
});

test('bytes are those of UTF-8', () => {
    const log = createLog(['é', '😀', 'a']);
    expect(log.bytes).toBe(2 + 4 + 1);
    log.evictFirst();
    expect(log.bytes).toBe(5);
    log.clear();
    expect([log.bytes, log.length]).toEqual([0, 0]);
});

test('an answer is known as long as it is here', () => {
    const log = createLog(['a', 'b', 'c']);
    expect([0, 1, 2, '0'].map(id => log.hasAnswerTo(id))).toEqual([true, false, true, false]);
    log.evictFirst();
    expect(log.hasAnswerTo(0)).toBe(false);
});

test('what is old is forgotten, but nothing that has not been sent', () => {
    const log = createLog(['a', 'b', 'c', 'd']);
    log.evictUntil(3, 100);
    expect(log.first).toBe(3);
    log.evictUntil(5, 20);
    expect(log.first).toBe(4);
});
