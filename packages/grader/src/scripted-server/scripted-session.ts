import type { ServerResponse } from 'node:http';
import type { Unchecked } from '../wire/message.ts';

/** A message that came to the endpoint of a session. */
export interface SeenMessage {
    jsonrpc?: string;
    id?: string | number;
    method?: string;
    params?: Unchecked;
    /** Set if the message is a reply. */
    result?: Unchecked;
}

/** A call of a tool, to be answered when the script chooses, or never. */
export interface ToolCall {
    session: ScriptedSession;
    id: string | number;
    name: string;
    args: Record<string, unknown>;
    /** Answers with a text. */
    answer(text: string): void;
    /** Answers with a text and `isError`. */
    fail(text: string): void;
}

/** One stream, and the messages that came to its endpoint, in order. */
export class ScriptedSession {
    readonly id: string;
    readonly messages: SeenMessage[] = [];
    readonly calls: ToolCall[] = [];
    /** The data of the event `endpoint`. */
    endpoint = '';
    /** Whether the reply to initialize has been sent. */
    initialized = false;
    /** Whether the stream has ended, by either side. */
    ended = false;
    readonly #response: ServerResponse;

    constructor(id: string, response: ServerResponse) {
        this.id = id;
        this.#response = response;
        // An error is followed by `close`.
        response
            .on('error', () => {})
            .on('close', () => {
                this.ended = true;
            });
    }

    /** Whether a message with this method came. */
    has(method: string): boolean {
        return this.messages.some(message => message.method === method);
    }

    /** Begins the stream with the event `endpoint`. */
    begin(endpoint: string, retryMs: number | undefined): void {
        this.endpoint = endpoint;
        this.#response.write(
            `${retryMs === undefined ? '' : `retry: ${retryMs}\n`}event: endpoint\ndata: ${endpoint}\n\n`
        );
    }

    /** Sends a JSON-RPC message on the stream. */
    send(message: object): void {
        this.#response.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`);
    }

    /** Breaks the connection of the stream in the middle, as a network does. */
    drop(): void {
        this.ended = true;
        this.#response.destroy();
    }
}
