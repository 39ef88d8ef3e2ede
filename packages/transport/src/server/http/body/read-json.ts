import type { ServerResponse } from 'node:http';
import { findExcess, findExcessIn, type MessageBounds } from '../../../message/json-bounds.ts';
import { parseJson } from '../../../message/parse-json.ts';
import type { Observer } from '../../observer.ts';
import type { McpRequest } from '../../types.ts';
import { rejectTooLarge } from '../../wire/reject.ts';
import { isJson } from '../media-types.ts';
import { rejectRequest } from '../reject-request.ts';
import { runHandler } from '../run-handler.ts';
import { discardBody, readBody } from './read-body.ts';

/**
 * Reads the JSON body of a POST and calls `done` with the value, its size in bytes and its bytes. A body that is invalid or
 * over the bounds is answered with 415, 413 or 400, and `done` is not called; nor is it if the client disconnects. If
 * middleware has set `req.body`, that value is checked instead, and `done` gets no bytes. An error in `done` is answered
 * with 500.
 *
 * @param observer notified of rejections and defects.
 */
export function readJson(
    req: McpRequest,
    res: ServerResponse,
    bounds: MessageBounds,
    observer: Observer,
    done: (value: unknown, bytes: number, body?: Buffer) => void | Promise<void>
): void {
    if (!isJson(req)) return rejectRequest(res, observer, 'bad-content-type');
    if (req.body !== undefined) {
        const excess = findExcessIn(req.body, bounds);
        if (excess !== undefined) return rejectRequest(res, observer, 'too-complex', null, excess);
        void runHandler(() => done(req.body, Number(req.headers['content-length'] ?? 0)), res, observer);
        return;
    }
    const take = (body: Buffer | undefined) => {
        if (body === undefined) {
            observer.rejected?.('too-large', res);
            // The answer is sent before the rest of the body arrives, because a client may send without end.
            rejectTooLarge(res, bounds.maxMessageBytes);
            return discardBody(req, () => res.end());
        }
        const text = body.toString();
        const excess = findExcess(text, bounds);
        if (excess !== undefined) return rejectRequest(res, observer, 'too-complex', null, excess);
        const value = parseJson(text, body);
        if (value === undefined) return rejectRequest(res, observer, 'not-json');
        return done(value, body.length, body);
    };
    readBody(req, bounds.maxMessageBytes, body => void runHandler(() => take(body), res, observer));
}
