import { setTimeout as sleep } from 'node:timers/promises';
import { createPostPool } from '../driver/http/post-pool.ts';
import { MCP_PATH } from '../driver/streamable.ts';
import { TOKEN } from '../driver/token.ts';
import { BenchError } from '../errors.ts';
import type { Attack } from './attacks.ts';

const SESSIONS_A_SECOND = 200;
const BURST_MS = 10;

const INITIALIZE = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'attacker', version: '1' } }
});

/** Sessions that are opened with a stolen token and never used; afterwards another token must find a place. */
export const floodSessions: Attack = async ({ port, stolen, seconds }) => {
    const pool = createPostPool(port);
    const answers = new Map<string, number>();
    const open = async (token: string) => {
        const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json, text/event-stream' };
        return await pool.send({ path: MCP_PATH, headers, body: INITIALIZE });
    };
    const attack = async () => {
        const { status } = await open(stolen.token);
        answers.set(String(status), (answers.get(String(status)) ?? 0) + 1);
    };
    const start = performance.now();
    const elapsed = () => (performance.now() - start) / 1000;
    const attempts: Promise<void>[] = [];
    try {
        while (attempts.length < seconds * SESSIONS_A_SECOND) {
            while (attempts.length < Math.min(elapsed(), seconds) * SESSIONS_A_SECOND) {
                const attempt = attack();
                // It may fail before it is awaited.
                attempt.catch(() => {});
                attempts.push(attempt);
            }
            await sleep(BURST_MS);
        }
        await Promise.all(attempts);
        const { status, body } = await open(TOKEN);
        if (status !== 200) throw new BenchError('refused', `A new client was answered ${status}: ${body}`);
    } finally {
        pool.close();
    }
    return { answers, openMs: [] };
};
