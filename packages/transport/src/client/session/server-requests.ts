import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';

/**
 * What a server asks of the client. A new session counts from the start again, so that the answer to a question of the
 * old one would be taken for that to another: in later sessions the client sees the ids with the session's number.
 */
export class ServerRequests {
    readonly #open = new Map<RequestId, RequestId>();
    #session = 0;

    /** The questions of the session before are nobody's any more. */
    renew(): void {
        this.#session++;
        this.#open.clear();
    }

    /** The message as the client is to see it. */
    receive(message: JSONRPCMessage): JSONRPCMessage {
        if (!('method' in message)) return message;
        if ('id' in message) {
            const id = this.#alias(message.id);
            this.#open.set(id, message.id);
            return { ...message, id };
        }
        const { method, params } = message;
        if (method !== 'notifications/cancelled' || params?.requestId === undefined) return message;
        return { ...message, params: { ...params, requestId: this.#alias(params.requestId as RequestId) } };
    }

    /** The id by which the server knows a question that the client answers; undefined if it does not. */
    settle(id: RequestId): RequestId | undefined {
        const original = this.#open.get(id);
        this.#open.delete(id);
        return original;
    }

    #alias(id: RequestId): RequestId {
        return this.#session === 0 ? id : `${this.#session}/${typeof id}/${id}`;
    }
}
