import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type {
    JSONRPCErrorResponse,
    JSONRPCMessage,
    JSONRPCResultResponse,
    RequestId
} from '@modelcontextprotocol/sdk/types.js';
import type { RepeatOptions } from '../http/fetch-again.ts';

export type Reply = JSONRPCResultResponse | JSONRPCErrorResponse;

export interface SendOptions extends TransportSendOptions, RepeatOptions {}

/** A transport that outlives its session. It reports a new session, which knows nothing of the old one, and its end once. */
export interface RenewableTransport extends Transport {
    /** @throws {TransportError} `session-gone` if the session ended before the server took the message. */
    send(message: JSONRPCMessage, options?: SendOptions): Promise<void>;
    /** Called when a new session has begun. `send` uses it from then on. */
    onrenewed?: (() => void) | undefined;
    /**
     * Called when a request has lost the connection for its reply, but not its session. `heardAt` is when the server was
     * last heard on that connection, in milliseconds of the clock.
     */
    onlost?: ((id: RequestId, heardAt: number) => void) | undefined;
    /** Why it closed; undefined after `close()`. */
    readonly closeReason: Error | undefined;
}
