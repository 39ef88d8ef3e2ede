import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import { BrokerUnavailable } from '../../broker/broker.ts';
import { rejectRequest } from '../../server/http/reject-request.ts';
import type { McpRequest, TransportName } from '../../server/types.ts';
import { toCredential, toDigest } from '../credential.ts';
import { toSharedExtra } from '../owner/envelope.ts';
import { OwnedSession } from '../owner/owned-session.ts';
import { StateOfSession } from '../owner/session-state.ts';
import type { SharedProcess } from '../shared-process.ts';

/**
 * Opens a session that this process owns, and connects it to a new MCP server. If that fails, answers the request with an
 * error and returns undefined.
 */
export async function openSession(
    req: McpRequest,
    res: ServerResponse,
    process: SharedProcess,
    transport: TransportName
): Promise<OwnedSession | undefined> {
    const { broker, observer } = process;
    if (process.isDraining) return rejectRequest(res, observer, 'draining');
    const id = randomUUID();
    const credential = toCredential(process, transport, req);
    const client = toDigest(process.options.clientOf(req));
    const isSent = broker.isAvailable;
    try {
        const outcome = await broker.open({ id, transport, credential, client, holds: transport === 'sse' });
        if (outcome === 'too-many-sessions') return rejectRequest(res, observer, 'too-many-sessions');
    } catch (error) {
        // The broker may still have it.
        if (isSent) process.end(id, 'failed');
        return rejectUnavailable(res, process, error);
    }
    const { authInfo } = toSharedExtra(req);
    const state = new StateOfSession();
    const session = new OwnedSession(process, { id, transport, fence: 1, positions: new Map() }, state, authInfo);
    try {
        await process.own(session, state);
    } catch (error) {
        observer.failed?.(error instanceof Error ? error : new Error(String(error)), session);
        process.end(id, 'failed');
        return rejectRequest(res, observer, 'failed');
    }
    // Meanwhile the session may have ended, or the client may have disconnected.
    if (!session.hasEnded && !res.destroyed) {
        observer.opened?.(session);
        return session;
    }
    process.end(id, 'not-resumed');
    return res.destroyed ? undefined : rejectRequest(res, observer, 'unavailable');
}

/** Answers a request that cannot be served without the broker. Throws errors of other kinds again. */
export function rejectUnavailable(
    res: ServerResponse,
    { observer }: SharedProcess,
    error: unknown,
    id: RequestId | null = null
): undefined {
    if (!(error instanceof BrokerUnavailable)) throw error;
    return rejectRequest(res, observer, 'unavailable', id);
}
