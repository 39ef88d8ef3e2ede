import type { ServerResponse } from 'node:http';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { RejectReason, SessionInfo } from './types.ts';

/**
 * Why a session ended: its client did not come back in time (`not-resumed`), or messages that it needs are gone
 * (`replay-lost`); its client ended it (`deleted`); nobody said anything for long (`idle`), or nothing at all after
 * `initialize` (`unused`); another session needed its place (`evicted`); the server was stopping (`drained`), closed it (`closed`), or could not be made or did not agree with its client (`failed`).
 */
export type CloseReason =
    | 'not-resumed'
    | 'replay-lost'
    | 'deleted'
    | 'idle'
    | 'unused'
    | 'evicted'
    | 'drained'
    | 'closed'
    | 'failed';

/** Why a stream broke off: the network or the client, or because its reader did not keep up. */
export type DropReason = 'disconnected' | 'slow-reader';

/** What an operator may want to know, as it happens; for logs and metrics. An error that a method throws is passed to `defect`. */
export interface Observer {
    opened?(session: SessionInfo): void;
    /** This response carries the session's stream from now on; over HTTP+SSE, where it has one. */
    attached?(session: SessionInfo, stream: ServerResponse): void;
    /** The stream has gone; the session waits for its client. */
    dropped?(session: SessionInfo, reason: DropReason): void;
    /** The client is back; `replayed` messages are sent (again). */
    resumed?(session: SessionInfo, replayed: number): void;
    closed?(session: SessionInfo, reason: CloseReason): void;
    /** More waits for an absent client than is kept; so many messages are given up, over HTTP+SSE with their session. */
    evicted?(session: SessionInfo, messages: number): void;
    /** A message came in; `bytes` is the size of its body. */
    received?(session: SessionInfo, message: JSONRPCMessage, bytes: number): void;
    /** A message was queued for the client; `bytes` is the size of its frame. */
    sent?(session: SessionInfo, message: JSONRPCMessage, bytes: number): void;
    /** A request is turned away; called before it is answered. */
    rejected?(reason: RejectReason, res: ServerResponse): void;
    /** A session could not be opened: its server could not be made. */
    failed?(error: Error, session: SessionInfo): void;
    /** The handling of a request failed in a way that it should not. */
    defect?(error: Error): void;
}
