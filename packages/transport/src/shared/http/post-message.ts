import type { ServerResponse } from 'node:http';
import { readId, toIdInFlightMessage } from '../../message/parse-message.ts';
import { readMessagePost, sendAccepted } from '../../server/http/body/read-message-post.ts';
import { rejectRequest } from '../../server/http/reject-request.ts';
import type { McpRequest } from '../../server/types.ts';
import { isSessionId, parseSessionId } from '../../server/wire/session-id.ts';
import { toCredential } from '../credential.ts';
import type { SharedProcess } from '../shared-process.ts';
import { acceptPost } from './accept-post.ts';
import { rejectUnavailable } from './open-session.ts';

/** Answers `POST /messages?sessionId=…` (MCP 2024-11-05, Transports) with 202 when the broker has the message. */
export function postMessage(req: McpRequest, res: ServerResponse, process: SharedProcess): void {
    const { observer } = process;
    if (process.isDraining) return rejectRequest(res, observer, 'draining');
    const sessionId = parseSessionId(req.url ?? '');
    if (sessionId === undefined || !isSessionId(sessionId)) return rejectRequest(res, observer, 'bad-session-id');
    readMessagePost(req, res, process, async ({ parsed, value, bytes, post, rejectMessage }) => {
        const credential = toCredential(process, 'sse', req);
        const messages = [{ parsed, value }];
        const checked = { sessionId, credential, messages, post, bytes, opensStream: false };
        try {
            const acceptance = await acceptPost(process, req, checked);
            if (acceptance.kind === 'accepted' || acceptance.kind === 'repeated') sendAccepted(res);
            else if (acceptance.kind === 'id-in-flight') {
                rejectMessage('id-in-flight', toIdInFlightMessage(acceptance.id));
            } else rejectMessage(acceptance.kind);
        } catch (error) {
            rejectUnavailable(res, process, error, readId(value));
        }
    });
}
