import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';

/**
 * The requests of the server. A new session reuses the ids of the old one, so the reply to an old request could be taken
 * for the reply to a new one. In later sessions the client therefore sees ids with the number of the session.
 */
export class ServerRequests {
    readonly #open = new Map<RequestId, RequestId>();
    #session = 0;

    /** Forgets the requests of the old session. */
    renew(): void {
        this.#session++;
        this.#open.clear();
    }

    /** The message with the id that the client sees. */
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

    /** The server's id of a request that the client answers; undefined if the session has no such request. */
    settle(id: RequestId): RequestId | undefined {
        const original = this.#open.get(id);
        this.#open.delete(id);
        return original;
    }

    #alias(id: RequestId): RequestId {
        return this.#session === 0 ? id : `${this.#session}/${typeof id}/${id}`;
    }
}
