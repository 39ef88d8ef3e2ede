import { type ServerName, startServer } from '../child.ts';
import { createPostPool } from '../driver/http/post-pool.ts';
import { callAtRate, openClients } from '../driver/load.ts';
import { openSession } from '../driver/session.ts';
import { withDeadline } from '../errors.ts';
import type { MemoryUse } from '../questions.ts';
import type { Column, Figure, Row, Section } from '../result.ts';
import { percentile } from '../statistics.ts';

const OTHERS = 5;
const CALLS_PER_SECOND = 300;
const BEFORE_SECONDS = 3;
const MESSAGE_BYTES = 100_000;
const CUT_OFF_WITHIN_MS = 20_000;

/** What one client that stops reading costs the server and everybody else. */
export const measureSlowReader: Section = async ({ quick, progress }) => {
    const pushed = quick ? 2_500 : 10_000;
    // It keeps everything in memory.
    const pushedToTutorial = quick ? 750 : 3_000;
    progress(`slow-reader: ${pushedToTutorial} messages to the tutorial`);
    const tutorial = await measureServer('tutorial', pushedToTutorial);
    progress(`slow-reader: ${pushed} messages to ours`);
    const ours = await measureServer('fixture', pushed);

    const row = (id: keyof Findings, what: string, unit: string): Row => {
        const figures: Partial<Record<Column, Figure>> = { tutorial: tutorial[id], ours: ours[id] };
        return { id, what, unit, figures };
    };
    return {
        name: 'slow-reader',
        title: `One of ${OTHERS + 1} clients stops reading while messages of ${MESSAGE_BYTES / 1000} kB are sent to it`,
        rows: [
            row('pushed', 'messages pushed', ''),
            row('sent', 'of them before its session was given up', ''),
            row('peak', 'heap and buffers, peak above before', 'MB'),
            row('peakRss', 'RSS, peak above before', 'MB'),
            row('held', 'still held when collected, reader stalled', 'MB'),
            row('p99Before', 'p99 of the others, before', 'ms'),
            row('p99During', 'p99 of the others, during', 'ms'),
            row('read', 'messages it gets when it reads again', ''),
            row('cutOff', 'was cut off', ''),
            row('comesBack', 'comes back as', '')
        ],
        notes: [
            `The tutorial gets fewer messages, since it keeps them all. The others make ${CALLS_PER_SECOND} calls a second.`,
            'ours is @calc/transport on node:http with its default limits. The peak includes garbage not yet collected.'
        ]
    };
};

interface Findings {
    pushed: number;
    sent: number;
    peak: number;
    peakRss: number;
    held: number;
    p99Before: number;
    p99During: number;
    read: Figure;
    cutOff: string;
    comesBack: string;
}

async function measureServer(name: ServerName, count: number): Promise<Findings> {
    await using server = await startServer(name);
    using others = await openClients(server.port, OTHERS, openSession);
    const pool = createPostPool(server.port);
    let drop = () => {};
    const dropped = new Promise<void>(resolve => {
        drop = resolve;
    });
    const slow = await openSession({ index: OTHERS, pool, onDrop: () => drop() });
    await slow.initialize();
    await slow.call();

    const calls = CALLS_PER_SECOND * BEFORE_SECONDS;
    await callAtRate(others.sessions, CALLS_PER_SECOND, sent => sent >= calls / 3);
    const before = await callAtRate(others.sessions, CALLS_PER_SECOND, sent => sent >= calls);
    const calm = await server.ask('watchPeak');

    slow.stream.pause();
    let isPushed = false;
    const push = server.ask('push', { sessionId: slow.sessionId, count, bytes: MESSAGE_BYTES }).finally(() => {
        isPushed = true;
    });
    const calling = callAtRate(others.sessions, CALLS_PER_SECOND, () => isPushed);
    const [{ sent }, during] = await Promise.all([push, calling]);
    const peak = await server.ask('peak');
    const held = await server.ask('memory');

    const findings = {
        pushed: count,
        sent,
        peak: toMegabytes(peak.heapUsed + peak.external, calm.heapUsed + calm.external),
        peakRss: toMegabytes(peak.rss, calm.rss),
        held: toMegabytes(held.heapUsed + held.external, calm.heapUsed + calm.external),
        p99Before: percentile(before, 99),
        p99During: percentile(during, 99)
    };
    slow.stream.resume();
    const seen = name === 'tutorial' ? KEPT : await comeBack();
    others.verify();
    slow.ledger.verify();
    slow.destroy();
    pool.close();
    return { ...findings, ...seen };

    async function comeBack() {
        await withDeadline(dropped, CUT_OFF_WITHIN_MS, () => 'a client that does not read is still connected');
        const read = slow.ledger.notified;
        const outcome = await slow.reopen();
        if (outcome === 'fresh') await slow.initialize();
        await slow.call();
        return { read, cutOff: 'yes', comesBack: outcome === 'fresh' ? 'a fresh session' : 'the same session' };
    }
}

/** The tutorial's server has no limit, so there is nothing to come back from. */
const KEPT = { read: 'all', cutOff: 'no', comesBack: '–' };

function toMegabytes(after: MemoryUse['rss'], before: MemoryUse['rss']): number {
    return (after - before) / 1e6;
}
