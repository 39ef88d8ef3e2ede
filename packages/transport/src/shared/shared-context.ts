import type { ServerResponse } from 'node:http';
import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Broker } from '../broker/broker.ts';
import type { Clock } from '../clock.ts';
import type { Limits } from '../server/limits.ts';
import type { CloseReason, DropReason, Observer } from '../server/observer.ts';
import type { TransportName } from '../server/types.ts';
import type { StreamHeaders } from '../server/wire/framing.ts';

/** The place of a stream. */
export interface StreamPlace {
    readonly transport: TransportName;
    readonly sessionId: string;
    /** The number of the stream in its session. */
    readonly number: number;
}

/** A response that carries a stream. */
export interface OpenStream extends StreamPlace {
    readonly response: ServerResponse;
    /** The position of the last event that was written. */
    readonly position: number;
    /** Whether the headers of an event stream were sent, and the response has not ended. */
    readonly isOpen: boolean;
}

/** What all sessions and streams of one process share. */
export interface SharedContext {
    readonly broker: Broker;
    readonly clock: Clock;
    readonly limits: Limits;
    readonly observer: Observer;
    /** The path that clients of HTTP+SSE post to. */
    readonly endpoint: string;
    /** The headers of the streams of HTTP+SSE. */
    readonly sseHeaders: StreamHeaders;
    /** Whether a request may run again if the process that ran it is gone. */
    isRepeatable(request: JSONRPCRequest): boolean;
    /** Whether this process holds a stream of that session. */
    isHeld(sessionId: string): boolean;
    /** Whether this process has a stream that another process may hold now. */
    isDoubtful(sessionId: string, stream: number): boolean;
    /** Whether this process may act for its sessions: its lease has not ended. */
    isInLease(): boolean;
    /** Ends a session, at every process. */
    end(sessionId: string, reason: CloseReason): void;
    /** Ends what this process has of a session that has ended. */
    noteEnded(sessionId: string, reason: CloseReason): void;
    /** Another process has claimed a session of this one, or it has ended. */
    onFenced(sessionId: string): void;
    /** The server of a session has answered `initialize` with an error. The session ends after the answer. */
    onRefused(sessionId: string): void;
    /**
     * The owner has appended a message to a stream.
     *
     * @param position undefined if it is not known.
     * @param isEnd whether no more messages will come.
     */
    appended(sessionId: string, stream: number, position: number | undefined, json: string, isEnd: boolean): void;
    /** The headers of an event stream were sent. */
    onOpened(stream: OpenStream): void;
    /** The client has disconnected before the end of a stream, or was disconnected. */
    onDropped(stream: OpenStream, reason: DropReason): void;
    /** A stream has ended. */
    onEnded(stream: OpenStream): void;
    /** Reports an error that no caller can handle, unless it says that the broker is not available. */
    noteFailure(error: unknown): void;
}
