import { setTimeout as delay } from 'node:timers/promises';
import { startJokeApi } from '@calc/test-helpers';
import { GOOD, toBadCell } from '../cell.ts';
import { type Backend, startAlone, startProcesses } from './backend.ts';
import type { BreakableClient, Caller } from './caller.ts';
import { type Gate, openGate } from './gate.ts';

/** A call that takes longer counts as one without an answer. */
const CALL_MS = 10_000;
/** Within this time a client is to be usable again. */
const BACK_MS = 15_000;
/** Within this time a client is to ask for its stream again. */
const ASK_MS = 8000;
/** Gives the client time to read the response to its POST. */
const ACCEPTED_MS = 300;
const REFUSED_MS = 500;
const POLL_MS = 50;

/** What a disturbance may use. */
interface Surroundings {
    gate: Gate;
    backend: Backend;
}

type Disturb = (surroundings: Surroundings) => Promise<string | undefined>;

const KILLED = 'one of three processes with Redis is killed';

/** What is done to the connection: the columns of the table. Returns what else the cell must say. */
const disturbances: Record<string, Disturb> = {
    async 'stream breaks'({ gate }) {
        gate.breakAll();
    },
    async 'stream breaks, then `GET` gets 503'({ gate }) {
        gate.isUnavailable = true;
        gate.breakAll();
        await until(() => gate.refused > 0, ASK_MS);
        await delay(REFUSED_MS);
        gate.isUnavailable = false;
        return gate.refused === 0 ? 'does not reconnect' : undefined;
    },
    async 'server restarts'({ gate, backend }) {
        gate.shut();
        gate.open(await backend.fail());
    },
    async [KILLED]({ gate, backend }) {
        gate.open(await backend.fail());
    }
};

export const columns = Object.keys(disturbances);

/** Tries all disturbances on a client: a row of the table. The client's reasons go to `tell`. */
export async function tryBreaks(
    client: BreakableClient,
    tell: (line: string) => void
): Promise<Record<string, string>> {
    const entries = columns.map(async column => {
        const cell = await disturbInFlight(client, column, reason => tell(`${column}: ${reason}`)).catch(toBadCell);
        tell(`${column}: ${cell}`);
        return [column, cell] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
}

/** Disturbs the connection while a call is in flight, and describes what becomes of the call and of later ones. */
async function disturbInFlight(
    { path, open }: BreakableClient,
    column: string,
    tell: (reason: string) => void
): Promise<string> {
    await using jokes = await startJokeApi('hangs');
    await using backend = await (column === KILLED ? startProcesses : startAlone)(jokes);
    await using gate = await openGate(backend.url);
    let answering: NodeJS.Timeout | undefined;
    try {
        await using client = await open(`${gate.url}${path}`);
        await client.call('echo', { message: 'before' });
        const inFlight = settle(client.call('random-joke', {}), CALL_MS);
        await until(() => jokes.hanging > 0, CALL_MS);
        await delay(ACCEPTED_MS);
        const remark = await disturbances[column]?.({ gate, backend });
        // A client may repeat the call.
        answering = setInterval(() => jokes.answer(), POLL_MS);
        const call = await inFlight;
        if (call.reason) tell(`call in flight: ${call.reason}`);
        const later = await callUntilAnswered(client);
        if (later.reason) tell(`later calls: ${later.reason}`);
        const parts = [OUTCOMES[call.outcome], later.outcome === 'received' ? toSession(gate) : 'cannot be used again'];
        if (remark) parts.push(remark);
        const isGood = call.outcome === 'received' && later.outcome === 'received';
        return `${isGood ? GOOD : '✗'} ${parts.join('; ')}`;
    } finally {
        clearInterval(answering);
    }
}

function toSession({ sessions, initializations }: Gate): string {
    if (sessions.size === 1) return 'same session';
    return initializations > 1 ? 'new session' : 'new session, not initialized';
}

const OUTCOMES = {
    received: 'reply received',
    failed: 'call fails',
    late: `no reply within ${CALL_MS / 1000} s`
};

interface Settled {
    outcome: keyof typeof OUTCOMES;
    reason?: string;
}

async function settle(call: Promise<unknown>, limitMs: number): Promise<Settled> {
    const timeout = new AbortController();
    const late = delay(limitMs, { outcome: 'late' } as const, { signal: timeout.signal });
    late.catch(() => {});
    const settled = call.then(
        (): Settled => ({ outcome: 'received' }),
        (error: unknown): Settled => ({ outcome: 'failed', reason: String(error).split('\n', 1)[0] ?? '' })
    );
    return await Promise.race([settled, late]).finally(() => timeout.abort());
}

/** Calls `echo` until a call is answered. */
async function callUntilAnswered(client: Caller): Promise<Settled> {
    const giveUpAt = performance.now() + BACK_MS;
    for (;;) {
        const settled = await settle(client.call('echo', { message: 'after' }), BACK_MS / 3);
        if (settled.outcome === 'received' || performance.now() > giveUpAt) return settled;
        await delay(POLL_MS);
    }
}

/** Waits until something is true, but not longer than `limitMs`. */
async function until(isTrue: () => boolean, limitMs: number): Promise<void> {
    const giveUpAt = performance.now() + limitMs;
    while (!isTrue() && performance.now() < giveUpAt) await delay(POLL_MS);
}
