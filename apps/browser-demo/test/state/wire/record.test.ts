import { expect, test } from 'vitest';
import { createRecordStore } from '../../../src/state/wire/record.ts';

function createStore() {
    const draws: (() => void)[] = [];
    const store = createRecordStore(
        () => 0,
        callback => draws.push(callback)
    );
    const happen = () => store.wire.record('a', { kind: 'resumed' });
    return { ...store, draws, happen };
}

test('entries that are recorded together update the views once, before anything else', async () => {
    const { happen, revision, sessions } = createStore();
    for (let count = 0; count < 100; count++) happen();
    expect(revision.value).toBe(0);
    await Promise.resolve();
    expect([revision.value, sessions.list().length]).toEqual([1, 1]);
    happen();
    await Promise.resolve();
    expect(revision.value).toBe(2);
});

test('with many entries, the views are updated once for each repaint', async () => {
    const { wire, happen, revision, draws } = createStore();
    for (let count = 0; count < 100; count++) {
        happen();
        await Promise.resolve();
    }
    expect([revision.value, draws.length]).toEqual([8, 1]);
    draws.pop()?.();
    expect(revision.value).toBe(9);
    wire.clear();
    await Promise.resolve();
    expect(revision.value).toBe(10);
});
