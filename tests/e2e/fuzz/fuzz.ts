import fc from 'fast-check';
import { attack, attacks } from './attacks.ts';
import { bodies } from './bodies.ts';
import { attackStdio } from './stdio.ts';
import type { Target } from './target.ts';

/**
 * Attacks a server over all transports at once, `runs` times, and checks after each time that it is well.
 *
 * @throws {Error} with the seed and the smallest attack that fails.
 */
export async function fuzz(target: Target, seed: number, runs: number): Promise<void> {
    const http = fc.asyncProperty(fc.array(attacks, { minLength: 1, maxLength: 6 }), async several => {
        await Promise.all(several.map(each => attack(target, each)));
        await target.check();
    });
    const stdio = fc.asyncProperty(fc.array(bodies(), { minLength: 20, maxLength: 60 }), attackStdio);
    await Promise.all([
        fc.assert(http, { seed, numRuns: runs }),
        fc.assert(stdio, { seed, numRuns: Math.ceil(runs / 50) })
    ]);
}
