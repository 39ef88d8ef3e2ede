import { expect } from 'vitest';
import { openSession, type TestHub, type TestProcess } from './test-hub.ts';

const AT_ONCE = 50;

/**
 * Two processes own a session in turn, and each writes at all times, also while the other one owns it. Checks that the
 * positions are 1, 2, 3 … up to `count`, each of them once, and that the log has the same events.
 */
export async function writeInTurn(hub: TestHub, count: number): Promise<void> {
    const [first, second] = [await hub.join(), await hub.join()];
    const id = await openSession(first);
    const written: string[] = [];
    let fence = 1;
    let number = 0;

    async function write(process: TestProcess, withFence: number): Promise<number> {
        const json = String(++number);
        const position = await process.broker.append(id, withFence, { stream: 0, json });
        if (typeof position !== 'number') return 0;
        expect(written[position - 1]).toBeUndefined();
        written[position - 1] = json;
        return 1;
    }

    for (let owner = first; written.length < count; ) {
        const other = owner === first ? second : first;
        const missing = Math.min(AT_ONCE, count - written.length);
        const own = Array.from({ length: missing }, () => write(owner, fence));
        const late = [write(other, fence - 1), write(other, fence)];
        const results = await Promise.all([...own, ...late]);
        expect(results.slice(-2)).toEqual([0, 0]);
        await owner.broker.release(id, fence);
        fence = (await other.broker.claim(id))?.fence ?? 0;
        owner = other;
    }

    for (let after = 0; after < count; after += 1000) {
        const events = written.slice(after, after + 1000).map((json, index) => ({ position: after + index + 1, json }));
        expect(await first.broker.read(id, 0, after, 1000)).toEqual({ events, last: count, ended: false });
    }
}
