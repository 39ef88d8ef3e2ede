import { expect, test } from 'vitest';
import { fetchAgain } from '../../src/client/http/fetch-again.ts';
import { toTiming } from '../../src/client/timing.ts';

const url = new URL('http://127.0.0.1:3001/mcp');

/** A clock on which the time jumps to whatever is waited for. */
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

/** Asks a server that is there from that moment on; when each attempt was made, and what came of it. */
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
        ({ response }) => response.status,
        (error: Error) => error.message
    );
    return { attempts, outcome };
}

test('a server that comes back just before the time is up is asked still', async () => {
    expect(await askUntil(9_900, 10_000)).toMatchObject({ outcome: 200 });
});

test('the time is used up to its end, and not beyond', async () => {
    const { attempts, outcome } = await askUntil(Number.POSITIVE_INFINITY, 10_000);
    expect(attempts.at(-1)).toBe(10_000);
    expect(outcome).toContain('cannot reach http://127.0.0.1:3001/mcp');
});
