import { createRedisBroker } from '../../src/redis/index.ts';

/** A gap between two callbacks that is only there if the process was stopped, in milliseconds. */
const STOPPED_MS = 1000;

/** What a process noticed after it was stopped, in this order. */
export interface Awakening {
    /** Whether its lease had ended when its first callback ran. */
    wasLate: boolean;
    /**
     * Wakes, `all lost`, `wakes lost`, and what became of each `append`. The position of the one that was under way may be among them: Redis
     * had added its event before the process was stopped.
     */
    noticed: string[];
}

// A process of redis-faults.slow.test.ts: it owns a session, holds its stream and appends one event after the other.
const [url = '', id = '', limits = '', awaited = ''] = process.argv.slice(2);
const broker = await createRedisBroker({ url, limits: JSON.parse(limits), leaseMs: 500 });
let awakening: Awakening | undefined;
let calledAt = performance.now();

function noteTime(): void {
    const now = performance.now();
    if (now - calledAt > STOPPED_MS) awakening = { wasLate: now > broker.leaseEnds, noticed: [] };
    calledAt = now;
}

function notice(what: string): void {
    noteTime();
    awakening?.noticed.push(what);
}

setInterval(noteTime, 10);
broker.onWake((_, cause) => notice(cause));
broker.onLost(loss => notice(`${loss} lost`));
await broker.open({ id, transport: 'sse', credential: '', holds: true });
process.send?.('opened');
while (!awakening?.noticed.includes(awaited) || !awakening.noticed.includes('fenced')) {
    const outcome = await broker.append(id, 1, { stream: 0, json: '{}' }).catch((error: Error) => error.name);
    notice(String(outcome));
}
process.send?.(awakening);
await broker[Symbol.asyncDispose]();
process.exit();
