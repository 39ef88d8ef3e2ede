import { expect, test } from 'vitest';
import { createRecordStore } from '../../src/state/record.ts';

test('views hear of many changes once, before the browser draws next', () => {
    const draws: (() => void)[] = [];
    const { wire, revision, sessions } = createRecordStore(
        () => 0,
        draw => draws.push(draw)
    );
    for (let count = 0; count < 100; count++) wire.record('a', { kind: 'resumed' });
    expect([revision.value, draws.length]).toEqual([0, 1]);
    draws.pop()?.();
    expect(revision.value).toBe(1);
    expect(sessions.list()).toHaveLength(1);
    wire.clear();
    draws.pop()?.();
    expect(revision.value).toBe(2);
});
