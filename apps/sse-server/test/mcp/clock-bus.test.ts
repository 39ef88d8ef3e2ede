import { CLOCK_URI } from '@calc/tools';
import { expect, test } from 'vitest';
import { createClockBus } from '../../src/mcp/clock-bus.ts';

test('a listener that throws is reported, and the other listeners still get the event', () => {
    const ticked: (() => void)[] = [];
    const clock = {
        subscribe(listener: () => void) {
            ticked.push(listener);
            return () => {};
        }
    };
    const errors: Error[] = [];
    const bus = createClockBus(clock, error => errors.push(error));
    const failure = new Error('a defect');
    const heard: unknown[] = [];
    bus.subscribe(() => {
        throw failure;
    });
    bus.subscribe(event => heard.push(event));
    for (const tick of ticked) tick();
    expect(errors).toEqual([failure]);
    expect(heard).toEqual([{ kind: 'resource_updated', uri: CLOCK_URI }]);
});
