import type { ServerResponse } from 'node:http';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { Clock } from '../../clock.ts';
import type { Limits } from '../limits.ts';
import type { Observer } from '../observer.ts';
import type { StreamHeaders } from '../wire/framing.ts';
import type { Holder } from './places.ts';

/** What all sessions of one server share. */
export interface SessionContext {
    readonly limits: Limits;
    readonly clock: Clock;
    readonly observer: Observer;
    /** The headers of the streams of HTTP+SSE. */
    readonly sseHeaders: StreamHeaders;
    /** Called with each event stream when it begins. */
    onStream(res: ServerResponse): void;
    /** Called once when a session has ended. */
    onClosed(sessionId: string): void;
    /** Called once, when a session is used for the first time after it was opened. */
    onUsed(sessionId: string): void;
}

/** The id of a session, and the client that opened it. */
export interface SessionIdentity {
    readonly id: string;
    /** The client whose place the session takes. */
    readonly holder: Holder;
    /** The credential that each request to the session must carry. */
    readonly credential: string | undefined;
    readonly authInfo: AuthInfo | undefined;
}
