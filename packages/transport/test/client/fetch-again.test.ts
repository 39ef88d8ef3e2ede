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
