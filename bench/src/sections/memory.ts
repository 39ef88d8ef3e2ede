import { execFileSync } from 'node:child_process';
import type { ServerName } from '../child.ts';
import { openSession } from '../driver/session.ts';
import { everything } from '../environments.ts';
import { measureIdle, WARM_UP_SESSIONS } from '../idle.ts';
import type { MemoryUse } from '../questions.ts';
import type { Row, Section } from '../result.ts';

/** Descriptors for everything but the streams. */
const OTHER_FILES = 200;

/** Heap and resident memory of sessions that are initialized and then say nothing, their streams open. */
export const measureMemory: Section = async ({ quick, progress }) => {
    const files = readFileLimit();
    const wanted = quick ? [250, 1_250] : [1_000, 5_000];
    const most = Math.max(files - OTHER_FILES, 100);
    const counts = wanted.map(count => Math.min(count, most));
    const notes = [
        'Sessions initialized, streams open, nothing in flight; heap used after several garbage collections,',
        `less that of ${WARM_UP_SESSIONS} sessions, divided by the number of sessions.`
    ];
    if (Math.max(...wanted) > most) {
        notes.push(`The limit of ${files} open files (ulimit -n) allows fewer sessions than ${Math.max(...wanted)}.`);
    }

    const measure = (server: ServerName) =>
        measureIdle({ server, env: everything, open: openSession, counts, progress });
    const uses = { tutorial: await measure('tutorial'), bare: await measure('bare'), ours: await measure('ours') };
    const rows = counts.flatMap((count, index): Row[] => {
        const row = (id: string, what: string, pick: (use: MemoryUse) => number): Row => ({
            id: `${id}-${index === 0 ? 'few' : 'many'}`,
            what: `${what}, ${count} sessions`,
            unit: 'kB/session',
            figures: {
                tutorial: pick(uses.tutorial[index] ?? NOTHING),
                bare: pick(uses.bare[index] ?? NOTHING),
                ours: pick(uses.ours[index] ?? NOTHING)
            }
        });
        return [row('heap', 'heap used', use => use.heapUsed), row('rss', 'resident (RSS)', use => use.rss)];
    });
    return { name: 'memory', title: `Memory of ${counts.join(' and ')} idle sessions`, rows, notes };
};

const NOTHING: MemoryUse = { heapUsed: Number.NaN, external: Number.NaN, rss: Number.NaN };

/** `ulimit -n` of this process, which its children inherit. */
function readFileLimit(): number {
    try {
        const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
        return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit);
    } catch {
        return Number.POSITIVE_INFINITY;
    }
}
