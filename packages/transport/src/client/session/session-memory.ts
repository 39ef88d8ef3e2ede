import {
    InitializeResultSchema,
    type JSONRPCMessage,
    type JSONRPCRequest,
    type JSONRPCResultResponse
} from '@modelcontextprotocol/sdk/types.js';

import { toRetryMs } from '../http/idempotency-key.ts';

/** What the client and the server agreed on at the beginning. */
export interface Handshake {
    params: JSONRPCRequest['params'];
    protocolVersion: string;
}

type Ask = Pick<JSONRPCRequest, 'method' | 'params'>;

/** What has been said in a session that a new one has to be told again, and which tools may be called again. */
export class SessionMemory {
    #handshake: Handshake | undefined;
    #logLevel: Ask | undefined;
    readonly #subscriptions = new Map<unknown, Ask>();
    readonly #repeatable = new Set<string>();
    #retryMs = 0;

    get handshake(): Handshake | undefined {
        return this.#handshake;
    }

    /** For how long the server recognizes a retry that is marked as one, in milliseconds; 0 if it does not. */
    get retryMs(): number {
        return this.#retryMs;
    }

    /** Requests that make a new session do what the old one did. */
    get toRestore(): Ask[] {
        return [...(this.#logLevel ? [this.#logLevel] : []), ...this.#subscriptions.values()];
    }

    /** Learns from a request that the server has answered with a result. */
    note({ method, params }: JSONRPCRequest, { result }: JSONRPCResultResponse): void {
        if (method === 'initialize') {
            const { data } = InitializeResultSchema.safeParse(result);
            if (data) this.#handshake = { params, protocolVersion: data.protocolVersion };
            this.noteCapabilities(data?.capabilities);
        } else if (method === 'resources/subscribe') this.#subscriptions.set(params?.uri, { method, params });
        else if (method === 'resources/unsubscribe') this.#subscriptions.delete(params?.uri);
        else if (method === 'logging/setLevel') this.#logLevel = { method, params };
        else if (method === 'tools/list') this.#noteTools(result, params?.cursor === undefined);
    }

    /** Learns what the server of a session can do; undefined until it has said so. */
    noteCapabilities(capabilities: unknown): void {
        this.#retryMs = toRetryMs(capabilities);
    }

    /**
     * Whether the server may execute a message twice: whatever is not a call of a tool, and the tools that say so by
     * `idempotentHint` or `readOnlyHint`. A tool that no `tools/list` has shown says nothing.
     */
    mayRepeat(message: JSONRPCMessage): boolean {
        if (!('method' in message) || message.method !== 'tools/call') return true;
        return this.#repeatable.has(String(message.params?.name));
    }

    #noteTools(result: unknown, isFirstPage: boolean): void {
        if (isFirstPage) this.#repeatable.clear();
        // Not by the SDK's schema, by which one tool that is wrong hides what all others say.
        const { tools } = Object(result);
        for (const { name, annotations } of Array.isArray(tools) ? tools.map(Object) : []) {
            const { idempotentHint, readOnlyHint } = Object(annotations);
            if (idempotentHint === true || readOnlyHint === true) this.#repeatable.add(String(name));
        }
    }
}
