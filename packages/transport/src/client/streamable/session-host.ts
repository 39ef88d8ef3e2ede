import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { ConnectionState } from '../connection-state.ts';
import type { Timing } from '../timing.ts';
import type { TransportError } from '../transport-error.ts';

/** What the sessions of one transport share, and where they report. After `end` a session reports messages only. */
export interface SessionHost {
    readonly fetch: FetchLike;
    readonly timing: Timing;
    /** Whether the server has answered a request. From then on, a failure is a drop. */
    wasAnswered: boolean;
    /** Whether the last state was a drop. */
    isDown: boolean;
    /** Reports a drop and its end; the same again is not reported. */
    state(state: ConnectionState): void;
    message(message: JSONRPCMessage): void;
    error(error: Error): void;
    lost(id: RequestId, heardAt: number): void;
    noStream(reason: TransportError): void;
    /** The server does not know the session any more. */
    gone(): void;
    /** The connection cannot continue; `reason` is missing if the SDK's transport was closed. */
    failed(reason?: Error): void;
}
