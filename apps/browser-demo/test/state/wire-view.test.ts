import { expect, test } from 'vitest';
import { toTranscript } from '../../src/model/transcript.ts';
import { createRecordStore } from '../../src/state/record.ts';
import { createReplayStore } from '../../src/state/replay.ts';
import { createWireView } from '../../src/state/wire-view.ts';

/** A record; views hear of its changes before whatever is awaited next. */
const createStore = () =>
    createRecordStore(
        () => 0,
        callback => callback()
    );

test('a view that is paused stands still while the record goes on', async () => {
    const record = createStore();
    const view = createWireView(record);
    const seqs = () => view.entries.value.map(({ seq }) => seq);
    record.wire.record('a', { kind: 'resumed' });
    view.setPaused(true);
    record.wire.record('a', { kind: 'replaced' });
    await Promise.resolve();
    expect([view.isPaused.value, view.missed.value, seqs()]).toEqual([true, 1, [1]]);
    // A second pause begins no later than the first.
    view.setPaused(true);
    expect(view.missed.value).toBe(1);
    view.setPaused(false);
    expect([view.isPaused.value, view.missed.value, seqs()]).toEqual([false, 0, [1, 2]]);
});

test('a view shows what its filter lets through', async () => {
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

test('a transcript is played into a record like the live one, with the time of then', () => {
    const live = createStore();
    live.wire.record('a', { kind: 'connecting', url: 'http://calc.test/sse', reader: 'native' }, 5000);
    live.wire.record('a', { kind: 'dropped' }, 5100);
    let time = 0;
    let due = () => {};
    const { record, hasEnded, setSpeed, speed } = createReplayStore({
        text: toTranscript(live.wire.entries()),
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
    expect([record.now(), record.sessions.get('a')?.phase, hasEnded.value]).toEqual([5100, 'dropped', true]);
    expect(speed.value).toBe(2);
});
