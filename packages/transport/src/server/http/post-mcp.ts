import type { ServerResponse } from 'node:http';
import { toIdInFlightMessage } from '../../message/parse-message.ts';
import type { SessionStore } from '../session/session-store.ts';
import { StreamableSession } from '../session/streamable-session.ts';
import type { McpRequest } from '../types.ts';
import { BATCH_REJECTED, isInitialize, readMcpPost, sendAcceptedEmpty } from './body/read-mcp-post.ts';
import { findMcpSession } from './find-mcp-session.ts';
import { openSession } from './open-session.ts';
import { toExtra } from './request-info.ts';

/** Answers `POST /mcp` (MCP 2025-11-25, Sending Messages to the Server). */
export function postMcp(req: McpRequest, res: ServerResponse, store: SessionStore): void {
    readMcpPost(req, res, store, async ({ messages, isBatch, opensSession, id, bytes, post, rejectMessage }) => {
        if (opensSession && post) {
            const session = await openSession(req, res, store, identity => new StreamableSession(store, identity));
            if (!session) return;
            store.noteUnused(session);
            store.observer.opened?.(session);
            return session.initialize(messages[0], toExtra(req), bytes, post, res);
        }
        const session = findMcpSession(req, res, store, id);
        if (!session) return;
        if (messages.some(isInitialize)) return rejectMessage('initialized-already');
        // Other revisions have no batches (MCP 2025-03-26, Base Protocol, Batching).
        if (isBatch && session.protocolVersion !== '2025-03-26') return rejectMessage('not-json-rpc', BATCH_REJECTED);
        const extra = toExtra(req);
        if (post && !isBatch && session.understandsPriming) {
            extra.closeSSEStream = () => session.releaseStream(post);
            extra.closeStandaloneSSEStream = () => session.releaseStream(undefined);
        }
        const reception = session.post(messages, isBatch, extra, bytes, post, res);
        if (reception === 'accepted') sendAcceptedEmpty(res);
        else if (typeof reception === 'object') rejectMessage('id-in-flight', toIdInFlightMessage(reception.idTaken));
        else if (reception !== 'answering') rejectMessage(reception);
    });
}
