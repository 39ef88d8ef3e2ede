import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';

/** More requests than one owner sends. */
const RANGE = 1_000_000;

/**
 * Gives the requests of a session's MCP server to its client ids that no other owner of the session has used. Each server
 * counts from 0, so that the client's reply to a former one could be taken for the reply to another question.
 */
export class ServerRequestIds {
    readonly #first: number;

    constructor(fence: number) {
        this.#first = (fence - 1) * RANGE;
    }

    /** The message as the client gets it. */
    toClient(message: JSONRPCMessage): JSONRPCMessage {
        if (this.#first === 0 || !('method' in message)) return message;
        if ('id' in message) return { ...message, id: this.#shift(message.id) };
        const cancelled = message.method === 'notifications/cancelled' ? message.params?.requestId : undefined;
        if (typeof cancelled !== 'number') return message;
        return { ...message, params: { ...message.params, requestId: this.#shift(cancelled) } };
    }

    /** A message of the client as the server gets it; undefined if it is a reply to a former server. */
    toServer(message: JSONRPCMessage): JSONRPCMessage | undefined {
        if (this.#first === 0 || 'method' in message || typeof message.id !== 'number') return message;
        return message.id < this.#first ? undefined : { ...message, id: message.id - this.#first };
    }

    #shift(id: RequestId): RequestId {
        return typeof id === 'number' ? id + this.#first : id;
    }
}
