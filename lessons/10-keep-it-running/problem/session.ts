import { randomUUID } from 'node:crypto';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Response } from 'express';

// TODO 1, 3 and 4: the constants.

export const sessions = new Map<string, Session>();

/** A session outlives its streams: it keeps what its client may have missed. */
export class Session implements Transport {
    readonly sessionId = randomUUID();
    onmessage?: (message: JSONRPCMessage) => void;
    onclose?: () => void;
    /** Ids of the requests that have no reply yet. */
    readonly inFlight = new Set<unknown>();
    #stream: Response | undefined;
    // TODO 2, 3 and 4: the fields.

    async start() {
        sessions.set(this.sessionId, this);
        // TODO 5: log a line.
    }

    // TODO 3: canResume says whether every event after an id is still kept.

    /** Continues on this stream after the event `id`. */
    attach(stream: Response, id: number) {
        this.#stream?.end();
        this.#stream = stream;
        // TODO 3: the client is back.
        stream.writeHead(200, {
            'Content-Type': 'text/event-stream',
            'Cache-Control': 'no-cache, no-transform',
            'X-Accel-Buffering': 'no'
        });
        stream.write(`id: ${this.sessionId}:${id}\nevent: endpoint\ndata: /messages?sessionId=${this.sessionId}\n\n`);
        // TODO 3: write what the client has missed.
        // TODO 1: write a comment each half second.
        stream.on('close', () => {
            // TODO 1: stop the comments.
            if (this.#stream !== stream) return;
            this.#stream = undefined;
            // TODO 3: instead, wait a minute for the client.
            this.close();
        });
    }

    receive(message: JSONRPCMessage) {
        if ('method' in message && 'id' in message) this.inFlight.add(message.id);
        this.onmessage?.(message);
    }

    async send(message: JSONRPCMessage) {
        if (!('method' in message)) this.inFlight.delete(message.id);
        // TODO 2: give the event an id, and keep it.
        const event = `event: message\ndata: ${JSON.stringify(message)}\n\n`;
        // TODO 4: forget the oldest events above the limit.
        this.#stream?.write(event);
        // TODO 4: disconnect a client that does not read.
    }

    async close() {
        if (!sessions.delete(this.sessionId)) return;
        const stream = this.#stream;
        this.#stream = undefined;
        stream?.end();
        // TODO 3: wait no longer.
        // TODO 5: log a line.
        this.onclose?.();
    }
}
