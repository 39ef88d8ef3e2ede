import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type {
    JSONRPCErrorResponse,
    JSONRPCMessage,
    JSONRPCResultResponse,
    RequestId
} from '@modelcontextprotocol/sdk/types.js';

export type Reply = JSONRPCResultResponse | JSONRPCErrorResponse;

export interface SendOptions extends TransportSendOptions {
    /** Whether the server may execute this message twice. @default true */
    mayRepeat?: boolean;
    /**
     * For how long the server recognizes a retry of this request that is marked as one, in milliseconds from the first
     * attempt; 0 if it does not know the mark.
     * @default 0
     */
    retryMs?: number;
    /**
     * Given if this is a retry from the start: when the server was last heard by the connection that was to bring the
     * reply, in milliseconds of the clock. The time counts from then.
     */
    heardAt?: number;
}

/** A transport that outlives its session: it says when the server has begun a new one, which knows nothing. */
export interface RenewableTransport extends Transport {
    /** @throws {TransportError} `session-gone` if the session ended before the server took the message. */
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
