import type { RpcId } from '../json-rpc.ts';
import type { McpSessionError } from '../mcp-session-error.ts';
import type { PostAnswer, PostOverrides } from './post.ts';
import type { WireFact } from './wire-fact.ts';

/** HTTP+SSE (MCP 2024-11-05), or Streamable HTTP (MCP 2025-03-26 and later). */
export type TransportKind = 'sse' | 'streamable';

/** What every transport depends on. */
export interface TransportOptions {
    /** The absolute address: of the event stream for HTTP+SSE, of the MCP endpoint for Streamable HTTP. */
    url: string;
    /**
     * The origin of the page, which other servers must allow by CORS.
     * @default the origin of `url`
     */
    pageOrigin?: string;
    fetch: typeof globalThis.fetch;
    /** Called for everything that happens on the wire. */
    onFact(fact: WireFact): void;
}

export interface TransportListener {
    /** Messages can be sent: in a new session, or `resumed`, in the same session after its stream was lost. */
    onEndpoint(endpoint: URL, resumed: boolean): void;
    onMessage(data: string): void;
    /** The stream broke, and is being opened again. */
    onLost(): void;
    /** The server does not know the session any more. */
    onGone(): void;
    /** The server cannot be used, and the transport is closed. */
    onRefused(error: McpSessionError): void;
    /** Whether the reply to the request with that id is still missing. */
    awaits(id: RpcId): boolean;
}

/** The client side of one transport. It can be opened again after it was closed. */
export interface Transport {
    open(): void;
    /** Closes all streams, with `error` if the session failed. */
    close(error?: McpSessionError): void;
    isOpen(): boolean;
    /** The id of the session; empty if the server uses none. */
    sessionId(): string;
    /** Called with the version that both sides have agreed on, before the next message. */
    setProtocolVersion?(version: string): void;
    /** Called after the handshake, so that the server can send messages that belong to no request. */
    listen?(): void;
    /**
     * Resolves when the server has accepted the message and, over Streamable HTTP, answered it.
     *
     * @throws {McpSessionError} `not-connected`; or, if the POST is not accepted, `unauthenticated`, `unknown-session`
     * or `post-failed`.
     */
    post(body: object, overrides?: PostOverrides): Promise<void>;
    /**
     * POSTs with `overrides`, and returns the answer whatever its status.
     *
     * @throws {McpSessionError} `not-connected`, or `post-failed` if there was no answer.
     */
    probe(body: object, as: PostOverrides): Promise<PostAnswer>;
}
