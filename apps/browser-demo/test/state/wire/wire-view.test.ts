import { expect, test } from 'vitest';
import { createRecordStore } from '../../../src/state/wire/record.ts';
import { createReplayStore } from '../../../src/state/wire/replay.ts';
import { createWireView } from '../../../src/state/wire/wire-view.ts';
import { toTranscript } from '../../../src/wire/transcript/transcript.ts';

/** A record whose views are updated before the next awaited step. */
const createStore = () =>
    createRecordStore(
        () => 0,
        callback => callback()
    );

test('a paused view does not change while the record continues', async () => {
    const record = createStore();
    const view = createWireView(record);
    const seqs = () => view.entries.value.map(({ seq }) => seq);
    record.wire.record('a', { kind: 'resumed' });
    view.setPaused(true);
    record.wire.record('a', { kind: 'replaced' });
    await Promise.resolve();
    expect([view.isPaused.value, view.missed.value, seqs()]).toEqual([true, 1, [1]]);
    // A second pause does not move the start of the first.
    view.setPaused(true);
    expect(view.missed.value).toBe(1);
    view.setPaused(false);
    expect([view.isPaused.value, view.missed.value, seqs()]).toEqual([false, 0, [1, 2]]);
});

test('a view shows the entries that pass its filter', async () => {
    const record = createStore();
    const view = createWireView(record);
    record.wire.record('a', { kind: 'resumed' });
    record.wire.record('b', { kind: 'resumed' });
    view.filter.value = { sessions: new Set(['b']) };
    expect(view.entries.value.map(({ session }) => session)).toEqual(['b']);
    record.wire.record('b', { kind: 'replaced' });
    await Promise.resolve();
    expect(view.entries.value).toHaveLength(2);
});

test('a view with many entries checks each entry once', async () => {
    const record = createRecordStore(
        () => 0,
        callback => callback(),
        { maxEntries: 3 }
    );
    const view = createWireView(record);
    const asked: number[] = [];
    const seqs = () => view.entries.value.map(({ seq }) => seq);
    const add = async (kind: 'resumed' | 'replaced') => {
        const entry = record.wire.record('a', { kind });
        const { seq } = entry;
        const get = () => {
            asked.push(seq);
            return 'a';
        };
        Object.defineProperty(entry, 'session', { get });
        await Promise.resolve();
        return seqs();
    };
    view.filter.value = { sessions: new Set(['a']) };
    await add('resumed');
    await add('replaced');
    expect(await add('resumed')).toEqual([1, 2, 3]);
    expect(asked).toEqual([1, 2, 3]);
    // Evicted entries are gone from the view too.
    expect(await add('replaced')).toEqual([2, 3, 4]);
    record.wire.clear();
    await Promise.resolve();
    expect(seqs()).toEqual([]);
    expect(await add('replaced')).toEqual([5]);
    expect(asked).toEqual([1, 2, 3, 4, 5]);
});

test('the status of a POST has its own row only if the POST has none', () => {
    const record = createStore();
    const view = createWireView(record);
    const rows = () => view.rows.value.map(({ kind }) => kind);
    const post = { kind: 'post', number: 1, url: 'http://calc.test/messages', body: '{}' } as const;
    record.wire.record('a', { kind: 'answered', number: 7, status: 202, statusText: 'Accepted' });
    record.wire.record('a', post);
    const answered = record.wire.record('a', { kind: 'answered', number: 1, status: 202, statusText: 'Accepted' });
    expect([rows(), view.rowOf(answered.seq)]).toEqual([['answered', 'post'], 2]);
    view.filter.value = { direction: 'to-browser' };
    expect([rows(), view.rowOf(answered.seq)]).toEqual([['answered', 'answered'], 3]);
    expect(view.rowOf(2)).toBeUndefined();
});

test('a transcript is replayed into a record with the original times', () => {
    const live = createStore();
    live.wire.record('a', { kind: 'connecting', url: 'http://calc.test/sse', reader: 'native' }, 5000);
    live.wire.record('a', { kind: 'dropped' }, 5100);
    let time = 0;
    let due = () => {};
    const { record, hasEnded, setSpeed, speed } = createReplayStore({
        file: { name: 'lesson.json', text: toTranscript(live.wire.entries()) },
        now: () => time,
        schedule(callback) {
            due = callback;
            return () => {};
        },
        draw: callback => callback()
    });
    expect([record.now(), record.sessions.get('a')?.phase, hasEnded.value]).toEqual([5000, 'connecting', false]);
    setSpeed(2);
    time += 50;
    due();
    expect([record.now(), record.sessions.get('a')?.phase, hasEnded.value]).toEqual([5100, 'unreached', true]);
    expect(speed.value).toBe(2);
});
