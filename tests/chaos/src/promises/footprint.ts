// P9: connections to Redis, memory of a session, and what is left when all sessions are over.

import type { Cluster } from '../cluster/cluster.ts';
import { until } from '../wait.ts';
import { notMeasurable, type Outcome, passedIf, type Quiet } from './promise.ts';
import { connectAdmin } from './redis-admin.ts';
import { openReadyMcp, openReadySse, type RawMcp, type RawStream } from './requests.ts';

const MOST_CONNECTIONS = 3;
const AT_ONCE = 10;
/** A session whose client stays away ends after half a minute, and leaves its reason for another minute. */
const LEFT_MS = 120_000;
/** Sessions of HTTP+SSE have no other end than that their client stays away. */
const MOST_STREAMS = 50;

/** What is measured while the sessions are open; the rest is known after they are over. */
export interface Footprint {
    outcome(): Promise<Outcome>;
}

/** Opens the sessions, measures, and ends them. `outcome` waits until the keys are gone. */
export async function probeFootprint({ cluster, system, options, progress }: Quiet): Promise<Footprint> {
    if (!system.usesRedis) return { outcome: async () => notMeasurable('no Redis') };
    const { url } = cluster.balancer;
    const { servers } = cluster;
    await using admin = await connectAdmin(cluster);
    const keysBefore = new Set(await admin.keys());
    const bytesBefore = await admin.usedBytes();
    const mcps: RawMcp[] = [];
    const streams: RawStream[] = [];
    const connections: string[] = [];
    let most = 0;
    let bytes = 0;
    const counts = [1, 100, ...(options.idleSessions > 100 ? [options.idleSessions] : [])];
    for (const count of counts) {
        while (mcps.length + streams.length < count) {
            const missing = Math.min(AT_ONCE, count - mcps.length - streams.length);
            const opened = Array.from({ length: missing }, async (_, index) => {
                if (index % 2 === 0 && streams.length < MOST_STREAMS) streams.push(await openReadySse(url));
                else mcps.push(await openReadyMcp(url));
            });
            await Promise.all(opened);
        }
        const each = (await admin.countConnections()) / servers.length;
        most = Math.max(most, each);
        connections.push(`${each.toFixed(1)} at ${count}`);
        bytes = ((await admin.usedBytes()) - bytesBefore) / count;
    }
    const keysOpen = (await admin.keys()).length - keysBefore.size;
    for (const stream of streams) stream.cut();
    for (let first = 0; first < mcps.length; first += AT_ONCE) {
        await Promise.all(mcps.slice(first, first + AT_ONCE).map(mcp => mcp.delete()));
    }
    const ids = [...streams, ...mcps].map(({ sessionId }) => sessionId);
    return {
        async outcome() {
            progress('waiting for the keys of ended sessions to go, which takes up to two minutes');
            const left = await countLeft(cluster, ids, LEFT_MS);
            const measured = [
                `connections a process: ${connections.join(', ')} sessions`,
                `${Math.round(bytes)} bytes and ${(keysOpen / (counts.at(-1) ?? 1)).toFixed(1)} keys a session`,
                `keys left ${left}`
            ];
            return passedIf(most <= MOST_CONNECTIONS && left === 0, measured.join('; '));
        }
    };
}

/**
 * Keys that name one of these sessions, after a wait for their end of at most `limitMs`. Connects anew: other probes end
 * Redis meanwhile.
 */
export async function countLeft(
    cluster: Pick<Cluster, 'redis'>,
    sessions: readonly string[],
    limitMs: number
): Promise<number> {
    await using admin = await connectAdmin(cluster);
    const names = new Set(sessions);
    let left = 0;
    await until(async () => {
        const keys = await admin.keys();
        left = keys.filter(key => names.has(/[\da-f]{8}-[\da-f-]{27}/.exec(key)?.[0] ?? '')).length;
        return left === 0;
    }, limitMs);
    return left;
}
