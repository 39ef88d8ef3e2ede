// P5: a client learns of every gap, whether events were trimmed or Redis was emptied or restored.
import { setTimeout as sleep } from 'node:timers/promises';
import { received } from '../wait.ts';
import { type Outcome, passedIf, type Quiet } from './promise.ts';
import { connectAdmin } from './redis-admin.ts';
import { isMessage, openReadySse, openSse, postTo, type RawStream, toCall } from './requests.ts';

const BIG = 'x'.repeat(100_000);
const BIG_CALLS = 30;
const REPLY_MS = 10_000;

/** @param ofLoad what the load showed of the same promise. */
export async function probeGaps(quiet: Quiet, ofLoad: Outcome): Promise<Outcome> {
    const cases: [string, () => Promise<string | undefined>][] = [['log trimmed', () => trim(quiet)]];
    if (quiet.system.usesRedis) {
        cases.push(['Redis emptied', () => empty(quiet)], ['older copy restored', () => restore(quiet)]);
    }
    const results: string[] = [];
    let isGood = ofLoad.verdict !== 'failed';
    for (const [name, probe] of cases) {
        const problem = await probe();
        results.push(`${name}: ${problem ?? 'noticed'}`);
        isGood &&= problem === undefined;
    }
    return passedIf(isGood, [ofLoad.measured, ...results].join('; '));
}

/** More replies than a session keeps, while its client is away. */
async function trim({ cluster }: Quiet): Promise<string | undefined> {
    const { url } = cluster.balancer;
    const stream = await openReadySse(url);
    stream.cut();
    let accepted = 0;
    for (let id = 0; id < BIG_CALLS; id++) {
        const { status } = await postTo(stream, toCall(id, `${BIG} ${id}`));
        if (status === 202) accepted++;
    }
    return await compare(url, stream, accepted);
}

async function empty({ cluster }: Quiet): Promise<string | undefined> {
    const { url } = cluster.balancer;
    const stream = await openReadySse(url);
    await call(stream, 1);
    stream.cut();
    await using admin = await connectAdmin(cluster);
    await admin.flush();
    return await compare(url, stream, 0);
}

/** Puts back a copy of Redis that is older than what the client has seen. */
async function restore({ cluster }: Quiet): Promise<string | undefined> {
    const { url } = cluster.balancer;
    const { redis } = cluster;
    const stream = await openReadySse(url);
    await call(stream, 1);
    await redis?.saveData();
    await call(stream, 2);
    await call(stream, 3);
    stream.cut();
    await redis?.kill();
    await redis?.restoreData();
    await redis?.start();
    return await compare(url, stream, 0);
}

async function call(stream: RawStream, id: number): Promise<void> {
    await postTo(stream, toCall(id, `chaos ${id}`));
    await received(stream.findReply(id), REPLY_MS);
}

/** Resumes. Returns what is wrong: the session continued, and events are missing or an id came a second time. */
async function compare(url: string, before: RawStream, missed: number): Promise<string | undefined> {
    const after = await resume(url, before);
    if (!after) return 'the client could not come back';
    try {
        if (after.sessionId !== before.sessionId) return undefined;
        const answer = await postTo(after, toCall('last', 'chaos 0'));
        if (answer.status === 404) return undefined;
        const last = await received(after.findReply('last'), REPLY_MS);
        const ids = after.frames.filter(isMessage).map(({ id }) => Number(id?.split(':').at(-1)));
        const first = Number(before.lastEventId.split(':').at(-1));
        if (!last) return 'the session continued, and a call got no reply';
        return ids.length === missed + 1 && ids[0] === first + 1
            ? undefined
            : `${missed + 1 - ids.length} events missing, without a notice`;
    } finally {
        after.cut();
    }
}

async function resume(url: string, { lastEventId }: RawStream): Promise<RawStream | undefined> {
    const giveUpAt = performance.now() + REPLY_MS;
    while (performance.now() < giveUpAt) {
        const opened = await received(openSse(url, { 'Last-Event-ID': lastEventId }), REPLY_MS);
        if (opened) return opened;
        await sleep(200);
    }
    return undefined;
}
