import type { Attempt } from '../../attempt.ts';
import { CheckFailure } from '../../check.ts';
import { type McpSession, openSession } from '../../mcp-session.ts';

/** How long a server may take to notice that its last client has gone, in milliseconds. */
const MAX_BUSY_MS = 1000;

/** Runs a task again while it fails with HTTP 5xx: a server of one client may be busy with the client before. */
export async function whenFree<T>(attempt: Attempt, task: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + Math.min(attempt.limitMs, MAX_BUSY_MS);
    for (;;) {
        try {
            return await task();
        } catch (error) {
            const isBusy = error instanceof CheckFailure && /^HTTP 5\d\d/.test(error.message);
            if (!isBusy || Date.now() >= deadline) throw error;
        }
    }
}

/** Opens the only session of the server. */
export async function openAlone(attempt: Attempt): Promise<McpSession> {
    return await whenFree(attempt, () => openSession(attempt));
}
