import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from '../src/index.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a clock has one timer for all subscribers, and none without subscribers', () => {
    const clock = createClock();
    const heard: string[] = [];
    const stopOne = clock.subscribe(() => heard.push('one'));
    const stopTwo = clock.subscribe(() => heard.push('two'));
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(heard).toEqual(['one', 'two']);
    stopOne();
    stopOne();
    vi.advanceTimersByTime(1000);
    expect(heard).toEqual(['one', 'two', 'two']);
    stopTwo();
    expect(vi.getTimerCount()).toBe(0);
});

test('a listener that subscribes twice has two subscriptions', () => {
    const clock = createClock();
    const listener = vi.fn();
    const stop = clock.subscribe(listener);
    const stopAgain = clock.subscribe(listener);
    stop();
    vi.advanceTimersByTime(1000);
    expect(listener).toHaveBeenCalledOnce();
    stopAgain();
});
