// P6: an id and its event are one step, whatever number of processes write.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runRedis } from '@calc/test-helpers';
import type { SystemName } from '../systems.ts';
import { notMeasurable, type Outcome, passedIf } from './promise.ts';

const WRITER = fileURLToPath(new URL('../servers/writer.ts', import.meta.url));
const FULL = 100_000;

/** Two processes write to one session at the same time. */
export async function probeOrder(system: SystemName, events: number): Promise<Outcome> {
    if (system === 'sticky') return notMeasurable('a session has one process, and a log in its memory');
    if (system === 'relay') return { verdict: 'failed', measured: 'no event has an id' };
    await using redis = await runRedis();
    const session = randomUUID();
    const counts = new Map<number, number>();
    let late = 0;
    let notIncreasing = 0;
    const startedAt = performance.now();
    const writers = ['first', 'second'].map(async role => {
        const args = ['--import', 'tsx', WRITER, redis.url, session, String(events), role];
        const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
        let last = 0;
        let written = 0;
        createInterface(child.stdout).on('line', line => {
            const position = Number.parseInt(line, 10);
            counts.set(position, (counts.get(position) ?? 0) + 1);
            if (line.endsWith('late')) late++;
            if (position <= last) notIncreasing++;
            last = position;
            written++;
        });
        const [code] = await once(child, 'close');
        if (code !== 0) throw new Error(`a writer ended with ${code}`);
        return written;
    });
    const shares = await Promise.all(writers);
    const highest = Math.max(...counts.keys());
    const twice = [...counts.values()].filter(count => count > 1).length;
    const missing = highest - counts.size;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    const measured = [
        `${highest} events${events < FULL ? ` (of ${FULL} in a full run)` : ''} by two processes (${shares.join(' and ')}) in ${seconds} s`,
        `positions twice ${twice}, missing ${missing}, not increasing ${notIncreasing}`,
        `writes with an old fence that were taken ${late}`
    ];
    return passedIf(twice + missing + notIncreasing + late === 0 && highest >= events, measured.join('; '));
}
