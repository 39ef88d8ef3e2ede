import {
    InitializeResultSchema,
    type JSONRPCMessage,
    type JSONRPCRequest,
    type JSONRPCResultResponse
} from '@modelcontextprotocol/sdk/types.js';
import { toRetryMs } from '../http/idempotency-key.ts';

/** The first initialization of the client. */
export interface Handshake {
    params: JSONRPCRequest['params'];
    protocolVersion: string;
}

type Ask = Pick<JSONRPCRequest, 'method' | 'params'>;

/** What the client must say again in a new session, and which tools it may call again. */
export class SessionMemory {
    handshake: Handshake | undefined;
    /** For how long the server recognizes a retry that is marked as one, in milliseconds; 0 if it does not. */
    retryMs = 0;
    #logLevel: Ask | undefined;
    readonly #subscriptions = new Map<unknown, Ask>();
    readonly #repeatable = new Set<string>();

    /** Requests that restore the log level and the subscriptions in a new session. */
    get toRestore(): Ask[] {
        return [...(this.#logLevel ? [this.#logLevel] : []), ...this.#subscriptions.values()];
    }

    /** Notes a request that the server has answered with a result. */
    note({ method, params }: JSONRPCRequest, { result }: JSONRPCResultResponse): void {
        if (method === 'initialize') {
            const { data } = InitializeResultSchema.safeParse(result);
            if (data) this.handshake = { params, protocolVersion: data.protocolVersion };
            this.noteCapabilities(data?.capabilities);
        } else if (method === 'resources/subscribe') this.#subscriptions.set(params?.uri, { method, params });
        else if (method === 'resources/unsubscribe') this.#subscriptions.delete(params?.uri);
        else if (method === 'logging/setLevel') this.#logLevel = { method, params };
        else if (method === 'tools/list') this.#noteTools(result, params?.cursor === undefined);
    }

    /** Notes the capabilities that the server declares; undefined until a new session is initialized. */
    noteCapabilities(capabilities: unknown): void {
        this.retryMs = toRetryMs(capabilities);
    }

    /**
     * Whether the server may execute a message twice: all messages except calls of tools, and calls of tools annotated
     * with `idempotentHint` or `readOnlyHint`. Without a `tools/list` no annotations are known.
     */
    mayRepeat(message: JSONRPCMessage): boolean {
        if (!('method' in message) || message.method !== 'tools/call') return true;
        return this.#repeatable.has(String(message.params?.name));
    }

    #noteTools(result: unknown, isFirstPage: boolean): void {
        if (isFirstPage) this.#repeatable.clear();
        // The SDK's schema would reject the whole list because of one invalid tool.
        const { tools } = Object(result);
        for (const { name, annotations } of Array.isArray(tools) ? tools.map(Object) : []) {
            const { idempotentHint, readOnlyHint } = Object(annotations);
            if (idempotentHint === true || readOnlyHint === true) this.#repeatable.add(String(name));
        }
    }
}
