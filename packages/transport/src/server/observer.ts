import type { ServerResponse } from 'node:http';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { SessionInfo } from './types.ts';
import type { RejectReason } from './wire/reject.ts';

/**
 * Why a session ended:
 * - `not-resumed` its client did not reconnect in time
 * - `replay-lost` messages that its client has not received are no longer kept
 * - `deleted` its client ended it
 * - `idle` no message for `sessionIdleMs` or `streamlessIdleMs`
 * - `unused` no message after `initialize` for `unusedIdleMs`
 * - `evicted` another session needed its place
 * - `drained` the server was stopping
 * - `handed-over` the server was stopping, and others that share the broker may continue the session
 * - `data-lost` the broker has lost the data of all sessions
 * - `closed` the server closed it
 * - `failed` its server could not be made, or answered `initialize` with an error
 */
export type CloseReason =
    | 'not-resumed'
    | 'replay-lost'
    | 'deleted'
    | 'idle'
    | 'unused'
    | 'evicted'
    | 'drained'
    | 'handed-over'
    | 'data-lost'
    | 'closed'
    | 'failed';

/** Why a stream ended early: the connection closed, or the client read too slowly. */
export type DropReason = 'disconnected' | 'slow-reader';

/** Events for logs and metrics. An error that a method throws is passed to `defect`. */
export interface Observer {
    opened?(session: SessionInfo): void;
    /** A stream of a session is sent to this response from now on. A session of Streamable HTTP can have several. */
    attached?(session: SessionInfo, stream: ServerResponse): void;
    /** A stream has ended early. The session waits for its client to reconnect. */
    dropped?(session: SessionInfo, reason: DropReason): void;
    /** The client has reconnected. `replayed` is the number of messages after its `Last-Event-ID`. */
    resumed?(session: SessionInfo, replayed: number): void;
    /** This process continues a session whose process has gone or has stopped. Only with a shared broker. */
    takenOver?(session: SessionInfo): void;
    closed?(session: SessionInfo, reason: CloseReason): void;
    /** The backlog is over twice the limit, and `messages` messages are lost. Over HTTP+SSE the session ends. */
    evicted?(session: SessionInfo, messages: number): void;
    /** A message has arrived. `bytes` is the size of the request body. */
    received?(session: SessionInfo, message: JSONRPCMessage, bytes: number): void;
    /** A message has been queued for the client. `bytes` is its size on the stream. */
    sent?(session: SessionInfo, message: JSONRPCMessage, bytes: number): void;
    /** A request is rejected. Called before it is answered. */
    rejected?(reason: RejectReason, res: ServerResponse): void;
    /** A session could not be opened, because `createServer` or `connect` failed. */
    failed?(error: Error, session: SessionInfo): void;
    /** Handling a request failed unexpectedly; the client gets 500. */
    defect?(error: Error): void;
}
