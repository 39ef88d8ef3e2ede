import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster/cluster.ts';
import { createRecorder, type Fact } from '../judge/record.ts';
import { received } from '../wait.ts';
import { type ClientSession, openClientSession } from './client-session.ts';
import { planFaults, runFaults } from './run-faults.ts';

export interface LoadOptions {
    cluster: Cluster;
    sessions: number;
    seconds: number;
    /** Calls a second of all sessions together. */
    callsPerSecond: number;
    token: string;
    progress(text: string): void;
}

/** How long calls may take to be answered after the last fault, in milliseconds. */
const SETTLE_MS = 20_000;
const OPEN_AT_ONCE = 10;
/** How long to wait for clients that close, in milliseconds. A failed fault may have left no server. */
const CLOSE_MS = 10_000;

/** Calls a tool in all sessions while servers are killed, frozen and cut off. Returns what the clients saw. */
export async function runLoad(options: LoadOptions): Promise<readonly Fact[]> {
    const { cluster, sessions, seconds, callsPerSecond, token, progress } = options;
    const recorder = createRecorder();
    let number = 0;
    const open = (index: number) =>
        openClientSession({
            url: cluster.balancer.url,
            path: index % 2 === 0 ? '/sse' : '/mcp',
            name: `client ${index}`,
            token,
            recorder,
            nextNumber: () => ++number
        });
    const clients: ClientSession[] = [];
    let isOver = false;
    try {
        while (clients.length < sessions) {
            const missing = Math.min(OPEN_AT_ONCE, sessions - clients.length);
            const first = clients.length;
            clients.push(...(await Promise.all(Array.from({ length: missing }, (_, offset) => open(first + offset)))));
        }
        progress(`${sessions} sessions are open; faults for ${seconds} s`);
        const everyMs = (sessions / callsPerSecond) * 1000;
        const loops = clients.map(async client => {
            await sleep(cluster.random() * everyMs);
            while (!isOver && client.isOpen) {
                const dueAt = performance.now() + everyMs;
                await client.call('echo');
                await sleep(Math.max(0, dueAt - performance.now()));
            }
        });
        await runFaults(planFaults(seconds, cluster.random, cluster.redis !== undefined), cluster, recorder);
        isOver = true;
        progress('the faults are over; waiting for the last replies');
        await Promise.race([Promise.all(loops), sleep(SETTLE_MS, undefined, { ref: false })]);
    } finally {
        isOver = true;
        await Promise.all(clients.map(client => received(client.close(), CLOSE_MS)));
    }
    return recorder.facts;
}
