import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { limitLines } from '../../src/operations/limit-lines.ts';
import { toLoggablePath } from '../../src/operations/loggable.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('limitLines counts lines over the limit, and starts again in the next window', () => {
    const more: number[] = [];
    const mayWrite = limitLines(2, 60_000, count => more.push(count));
    const ask = (times: number) => Array.from({ length: times }, mayWrite);
    expect(ask(5)).toEqual([true, true, false, false, false]);
    vi.advanceTimersByTime(59_999);
    expect([ask(1), more]).toEqual([[false], []]);
    vi.advanceTimersByTime(1);
    expect([more, ask(2)]).toEqual([[4], [true, true]]);
    // A window within the limit reports nothing, and a quiet server has no timer.
    vi.advanceTimersByTime(60_000);
    expect([more, vi.getTimerCount()]).toEqual([[4], 0]);
});

test.each([
    ['/sse?token=secret', '/sse'],
    ['/messages#secret', '/messages'],
    ['/', '/'],
    ['//', '//'],
    ['*', '(no path)'],
    ['http://name:password@localhost/sse', '(no path)'],
    ['/mcp/0b800d92-477c-470b-9a36-a47390af7981/x', '/mcp/0b800d92…/x'],
    ['/.well-known/openid-configuration', '/.well-known/openid-configuration'],
    [`/${'a/'.repeat(200)}`, `/${'a/'.repeat(49)}a`],
    ['/\u001b[31mred\u009b', '/?[31mred?']
])('toLoggablePath turns %j into %j', (url, expected) => {
    expect(toLoggablePath(url)).toBe(expected);
});
