import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import { startTarget } from './target.ts';

// Attacks the server as it is built for some minutes: npm run fuzz -- --minutes 10 [--seed N]. It also checks that the
// heap does not grow.

/** Attacks of one seed; each seed is a round. */
const RUNS = 100;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } } });
const deadline = Date.now() + Number(values.minutes) * 60_000;
const first = Number(values.seed ?? Date.now() % 2 ** 31);

await using target = await startTarget();
// Code that has not run yet takes memory when it does.
await fuzz(target, first, RUNS);
const heap = await target.readHeap();
let seed = first;
do {
    seed++;
    await fuzz(target, seed, RUNS);
    console.log(`seed ${seed}: ${RUNS} attacks, nothing broken`);
} while (Date.now() < deadline);
await target.end(heap);
console.log(`from --seed ${first} on, nothing was found`);
