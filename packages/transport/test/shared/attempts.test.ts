import { createGate, createManualClock } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import { Attempts } from '../../src/shared/http/attempts.ts';

/** Runs what follows the promises that are resolved. */
const settle = () => new Promise(resolve => setImmediate(resolve));

test('streams that wait for the broker do not try while it is away, and not all at once when it is back', async () => {
    const clock = createManualClock();
    const broker = { isAvailable: false };
    const attempts = new Attempts(broker, clock);
    const closed = createGate();
    let tried = 0;
    for (let count = 0; count < 101; count++) {
        void attempts.next(count < 1 ? closed.opened : new Promise(() => {})).then(() => tried++);
    }
    clock.advance(60_000);
    await settle();
    expect([tried, clock.pending]).toEqual([0, 1]);
    closed.open();
    await settle();
    expect(tried).toBe(1);
    broker.isAvailable = true;
    for (const expected of [51, 101]) {
        clock.advance(50);
        await settle();
        expect(tried).toBe(expected);
    }
    expect(clock.pending).toBe(0);
});

test('a stream whose attempt fails waits before the next one', async () => {
    const clock = createManualClock();
    const attempts = new Attempts({ isAvailable: true }, clock);
    let tried = 0;
    void attempts.next(new Promise(() => {})).then(() => tried++);
    clock.advance(200);
    await settle();
    expect(tried).toBe(0);
    clock.advance(50);
    await settle();
    expect(tried).toBe(1);
});
