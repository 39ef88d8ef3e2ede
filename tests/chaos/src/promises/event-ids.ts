// P7: a Last-Event-ID that is not the client's own brings nothing of another session, and costs Redis little.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MALLORY } from '../systems.ts';
import { received } from '../wait.ts';
import { type Outcome, passedIf, type Quiet } from './promise.ts';
import { connectAdmin } from './redis-admin.ts';
import { as, ask, isMessage, openReadyMcp, openReadySse, openSse, postTo, toCall } from './requests.ts';

const TIMES = 20;
/** Most commands that a request may cost beyond those of a GET without Last-Event-ID. Those within scripts count. */
const MOST_EXTRA_COMMANDS = 20;
const SECRET = 'chaos 4711';

export async function probeEventIds(quiet: Quiet): Promise<Outcome> {
    const { cluster, system } = quiet;
    const { url } = cluster.balancer;
    const alice = await openReadySse(url);
    const aliceMcp = await openReadyMcp(url);
    await postTo(alice, toCall(1, SECRET));
    await received(alice.findReply(1), 10_000);
    const mallory = await openSse(url, as(MALLORY));
    const far = `${(mallory.lastEventId || randomUUID()).split(':', 1)[0]}:999999999`;
    const kinds: Record<string, string> = {
        none: '',
        foreign: `${alice.sessionId}:0`,
        'foreign of /mcp': `${aliceMcp.sessionId}:0:0`,
        forged: `${randomUUID()}:3`,
        future: far,
        malformed: `${'%'.repeat(500)}:-1`
    };
    const admin = system.usesRedis ? await connectAdmin(cluster) : undefined;
    const leaks: string[] = [];
    const costs: Record<string, number> = {};
    try {
        for (const [kind, lastEventId] of Object.entries(kinds)) {
            const before = (await admin?.countCommands()) ?? 0;
            const startedAt = performance.now();
            for (let time = 0; time < TIMES; time++) {
                if (await leaksOverSse(url, lastEventId, alice.sessionId)) leaks.push(`/sse ${kind}`);
                if (await leaksOverMcp(url, lastEventId, aliceMcp.sessionId)) leaks.push(`/mcp ${kind}`);
            }
            const tookMs = performance.now() - startedAt;
            const commands = ((await admin?.countCommands()) ?? 0) - before;
            costs[kind] = commands / TIMES;
            // The processes report, and keep sessions, without these requests as well.
            if (admin) costs[kind] -= (await measureBackground(admin.countCommands, tookMs)) / TIMES;
        }
    } finally {
        await admin?.[Symbol.asyncDispose]();
        for (const stream of [alice, mallory]) stream.cut();
        await aliceMcp.delete();
    }
    const none = costs.none ?? 0;
    const most = Math.max(...Object.values(costs));
    const shown = Object.entries(costs).map(([kind, cost]) => `${kind} ${Math.max(0, cost).toFixed(0)}`);
    const measured = [
        `foreign events ${leaks.length} of ${2 * TIMES * Object.keys(kinds).length} requests`,
        ...(admin ? [`commands in Redis for a GET of /sse and one of /mcp: ${shown.join(', ')}`] : [])
    ];
    return passedIf(leaks.length === 0 && most <= none + MOST_EXTRA_COMMANDS, measured.join('; '));
}

async function measureBackground(count: () => Promise<number>, ms: number): Promise<number> {
    const before = await count();
    await sleep(ms);
    return (await count()) - before;
}

async function leaksOverSse(url: string, lastEventId: string, victim: string): Promise<boolean> {
    const headers = { ...as(MALLORY), ...(lastEventId && { 'Last-Event-ID': lastEventId }) };
    const stream = await openSse(url, headers).catch(() => undefined);
    if (!stream) return false;
    const leaks = stream.sessionId === victim || stream.frames.some(isMessage) || stream.text.includes(SECRET);
    stream.cut();
    return leaks;
}

/** Mallory has no session at all, or names that of Alice. */
async function leaksOverMcp(url: string, lastEventId: string, victim: string): Promise<boolean> {
    const session = { 'Mcp-Session-Id': victim, 'MCP-Protocol-Version': '2025-11-25' };
    const headers = { ...as(MALLORY), ...session, ...(lastEventId && { 'Last-Event-ID': lastEventId }) };
    const answer = await ask(`${url}/mcp`, 'GET', { ...headers, Accept: 'text/event-stream' });
    return answer.status === 200;
}
