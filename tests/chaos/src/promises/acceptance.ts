// P2: 202 only for what will be handled, and 404 at once for a session that is gone.
import { randomUUID } from 'node:crypto';
import { percentile } from '../judge/judge-recovery.ts';
import { ALICE } from '../systems.ts';
import { received } from '../wait.ts';
import { notMeasurable, type Outcome, passedIf, type Quiet, toMs } from './promise.ts';
import { pauseRedis } from './redis-admin.ts';
import { as, ask, openReadyMcp, openReadySse, openSse, postTo, toCall } from './requests.ts';

const UNKNOWN_TIMES = 30;
const CRASHES = 3;
const POSTS = 5;
const LONGEST_MS = 50;
const REPLY_MS = 10_000;

export async function probeAcceptance(quiet: Quiet): Promise<Outcome> {
    const unknown = await postToUnknown(quiet);
    const crash = await postAfterCrash(quiet);
    const paused = quiet.system.usesRedis ? await postWhilePaused(quiet) : undefined;
    return judgeAcceptance({ unknown, crash, paused });
}

interface Measured {
    unknown: { times: number[]; not404: number };
    crash: { accepted: number; silent: number };
    /** The statuses while Redis acknowledged nothing, 0 for no answer; undefined without Redis. */
    paused: number[] | undefined;
}

export function judgeAcceptance({ unknown, crash, paused }: Measured): Outcome {
    const p99 = percentile(unknown.times, 99);
    const others = paused?.filter(status => status !== 503) ?? [];
    const isSlow = (p99 ?? Infinity) > LONGEST_MS;
    const names = others.map(status => (status === 0 ? 'no answer' : status)).join(', ');
    const measured = [
        `${unknown.not404} of ${2 * UNKNOWN_TIMES} POSTs to sessions that are gone or unknown were not 404; 404 after p50 ${toMs(percentile(unknown.times, 50))}, p99 ${toMs(p99)}${isSlow ? `, which may be ${LONGEST_MS} ms` : ''}`,
        `${CRASHES} times the process of a session was killed: POSTs after that 202 ${crash.accepted}, of these never answered ${crash.silent}`,
        ...(paused
            ? [`not 503 while Redis acknowledged nothing: ${others.length} of ${POSTS}${names && ` (${names})`}`]
            : [])
    ].join('; ');
    const isGood = unknown.not404 + crash.silent + others.length === 0 && !isSlow;
    return isGood && crash.accepted === 0 ? notMeasurable(measured) : passedIf(isGood, measured);
}

async function postToUnknown({ cluster }: Quiet) {
    const { url } = cluster.balancer;
    const ended = await openReadyMcp(url);
    await ended.delete();
    const times: number[] = [];
    let not404 = 0;
    for (let time = 0; time < UNKNOWN_TIMES; time++) {
        const session = { 'Mcp-Session-Id': ended.sessionId, 'MCP-Protocol-Version': '2025-11-25' };
        const answers = [
            await ask(`${url}/mcp`, 'POST', { ...as(ALICE), ...session }, toCall(time, 'chaos 0')),
            await ask(`${url}/messages?sessionId=${randomUUID()}`, 'POST', as(ALICE), toCall(time, 'chaos 0'))
        ];
        for (const { status, tookMs } of answers) {
            if (status === 404) times.push(tookMs);
            else not404++;
        }
    }
    return { times, not404 };
}

/** Kills the process that has the stream, and posts before the client is back. */
async function postAfterCrash({ cluster }: Quiet) {
    const { url } = cluster.balancer;
    let accepted = 0;
    let silent = 0;
    for (let crash = 0; crash < CRASHES; crash++) {
        const stream = await openReadySse(url);
        const server = cluster.servers[Number(stream.headers['x-upstream'])];
        server?.signal('SIGKILL');
        await stream.ended;
        const ids: string[] = [];
        for (let number = 0; number < POSTS; number++) {
            const id = `crash ${crash} ${number}`;
            const answer = await postTo(stream, toCall(id, `chaos ${number}`)).catch(() => undefined);
            if (answer?.status === 202) ids.push(id);
        }
        accepted += ids.length;
        const resumed = await openSse(url, { 'Last-Event-ID': stream.lastEventId }).catch(() => undefined);
        const replies = await Promise.all(
            ids.map(id => received(resumed?.findReply(id) ?? Promise.reject(), REPLY_MS))
        );
        silent += replies.filter(reply => reply === undefined).length;
        resumed?.cut();
        await server?.ended();
        await server?.start();
    }
    return { accepted, silent };
}

/** Posts while Redis is frozen in the middle of its work: nothing that it has not acknowledged may be accepted. */
async function postWhilePaused({ cluster }: Quiet): Promise<number[]> {
    const stream = await openReadySse(cluster.balancer.url);
    const wake = await pauseRedis(cluster);
    try {
        const posts = Array.from({ length: POSTS }, (_, id) => postTo(stream, toCall(id, 'chaos 0'), 3000));
        const answers = await Promise.allSettled(posts);
        return answers.map(answer => (answer.status === 'fulfilled' ? answer.value.status : 0));
    } finally {
        wake();
        stream.cut();
    }
}
