import { expect, test } from 'vitest';
import { ConcurrencyLimit } from '../src/concurrency-limit.ts';

test('at most so many tasks run at a time, urgent ones come first, and one that fails makes room', async () => {
    const limit = new ConcurrencyLimit(2);
    const begun: number[] = [];
    const ends: { resolve(): void; reject(error: Error): void }[] = [];
    const run = (number: number, isUrgent?: boolean) =>
        limit.run(() => {
            begun.push(number);
            return new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
        }, isUrgent);
    const [first] = [run(1), run(2), run(3), run(4, true), run(5, true)];
    expect(begun).toEqual([1, 2]);
    ends[0]?.reject(new Error('it failed'));
    await expect(first).rejects.toThrow('it failed');
    await expect.poll(() => begun).toEqual([1, 2, 4]);
    ends[1]?.resolve();
    await expect.poll(() => begun).toEqual([1, 2, 4, 5]);
    ends[2]?.resolve();
    await expect.poll(() => begun).toEqual([1, 2, 4, 5, 3]);
}, 5000);
