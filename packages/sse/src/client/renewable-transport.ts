import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';

export interface SendOptions extends TransportSendOptions {
    /** Whether the server may execute this message twice. @default true */
    mayRepeat?: boolean;
}

/** A transport that outlives its session: it says when the server has begun a new one, which knows nothing. */
export interface RenewableTransport extends Transport {
    /** @throws {SseClientError} `session-gone` if the session ended before the server took the message. */
    send(message: JSONRPCMessage, options?: SendOptions): Promise<void>;
    /** The session is a new one; `send` sends to it from now on. */
    onrenewed?: (() => void) | undefined;
    /**
     * The way by which the reply to that request would have come is gone, and the session is not. `isKnown`: the server
     * will take the same request for a repetition.
     */
    onlost?: ((id: RequestId, isKnown: boolean) => void) | undefined;
    /** Why it closed, unless by `close()`. */
    readonly closeReason: Error | undefined;
}
