import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';

export interface SendOptions extends TransportSendOptions {
    /** Whether the server may execute this message twice. @default true */
    mayRepeat?: boolean;
    /**
     * Until when the server recognizes a retry of this request that is marked as one, in milliseconds of the clock;
     * undefined if it does not know the mark.
     */
    recognizedUntil?: number | undefined;
    /** Whether the server may have taken this request before, so that this is a retry from the start. */
    isRetry?: boolean;
}

/** A transport that outlives its session: it says when the server has begun a new one, which knows nothing. */
export interface RenewableTransport extends Transport {
    /** @throws {SseClientError} `session-gone` if the session ended before the server took the message. */
    send(message: JSONRPCMessage, options?: SendOptions): Promise<void>;
    /** The session is a new one; `send` sends to it from now on. */
    onrenewed?: (() => void) | undefined;
    /**
     * The connection by which the reply to that request would have come is lost, and the session is not. `heardAt` is
     * when the server was last heard by that connection, in milliseconds of the clock.
     */
    onlost?: ((id: RequestId, heardAt: number) => void) | undefined;
    /** Why it closed, unless by `close()`. */
    readonly closeReason: Error | undefined;
}
