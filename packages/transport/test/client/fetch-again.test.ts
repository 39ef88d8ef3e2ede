import { expect, test } from 'vitest';
import { fetchAgain } from '../../src/client/http/fetch-again.ts';
import { toTiming } from '../../src/client/timing.ts';

const url = new URL('http://127.0.0.1:3001/mcp');

/** A clock that jumps to the time of the next timer. */
function createHurriedClock() {
    let now = 0;
    return {
        now: () => now,
        schedule(callback: () => void, ms: number) {
            queueMicrotask(() => {
                now += ms;
                callback();
            });
            return () => {};
        }
    };
}

/** Requests a server that is up from that time on; returns the time of each attempt and the result. */
async function askUntil(backAtMs: number, giveUpAfterMs: number) {
    const clock = createHurriedClock();
    const attempts: number[] = [];
    const outcome = await fetchAgain(
        async () => {
            attempts.push(clock.now());
            if (clock.now() < backAtMs) throw new TypeError('fetch failed');
            return new Response('here');
        },
        {
            url,
            timing: toTiming({ clock, giveUpAfterMs, random: () => 0.5 }),
            mayRepeat: true,
            signal: new AbortController().signal
        }
    ).then(
        response => response.status,
        (error: Error) => error.message
    );
    return { attempts, outcome };
}

test('a server that comes back just before the time is up is still reached', async () => {
    expect(await askUntil(9_900, 10_000)).toMatchObject({ outcome: 200 });
});

test('attempts continue until the time is up, and not longer', async () => {
    const { attempts, outcome } = await askUntil(Number.POSITIVE_INFINITY, 10_000);
    expect(attempts.at(-1)).toBe(10_000);
    expect(outcome).toContain('cannot reach http://127.0.0.1:3001/mcp');
});

/** The outcome of a request that a proxy answers with these statuses, one after another. */
async function askProxy(statuses: readonly number[], mayRepeat: boolean) {
    let attempts = 0;
    const ask = async () => new Response(null, { status: statuses[attempts++] ?? 200 });
    const timing = toTiming({ clock: createHurriedClock(), random: () => 0.5 });
    const { signal } = new AbortController();
    const outcome = await fetchAgain(ask, { url, timing, mayRepeat, signal }).then(
        ({ status }) => status,
        error => error.code
    );
    return { attempts, outcome };
}

test('a request that a proxy answers with 502 or 504 is repeated, like one that broke', async () => {
    expect(await askProxy([502, 504], true)).toEqual({ attempts: 3, outcome: 200 });
});

test('the outcome of a request that must not run twice is not known after a 502', async () => {
    expect(await askProxy([502], false)).toEqual({ attempts: 1, outcome: 'outcome-unknown' });
});

test('after 503 a request is marked as a retry, since the store of the server may have it', async () => {
    const marks: Record<string, string>[] = [];
    const ask = async (mark: Record<string, string>) => {
        marks.push(mark);
        return new Response(null, { status: marks.length === 1 ? 503 : 200 });
    };
    const timing = toTiming({ clock: createHurriedClock(), random: () => 0.5 });
    const { signal } = new AbortController();
    await fetchAgain(ask, { url, timing, mayRepeat: false, retryMs: 60_000, requestId: 7, signal });
    expect(marks).toEqual([{}, { 'Idempotency-Key': expect.any(String) }]);
});
