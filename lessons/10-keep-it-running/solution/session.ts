import { randomUUID } from 'node:crypto';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Response } from 'express';

/** So that you see it. In production, 15 seconds are enough for most proxies. */
const HEARTBEAT_MS = 500;
/** How long a session waits for its client. */
const RESUME_MS = 60_000;
/** What one client may cost, in characters. */
const MAX_KEPT = 1024 * 1024;

export const sessions = new Map<string, Session>();

/** A session outlives its streams: it keeps what its client may have missed. */
export class Session implements Transport {
    readonly sessionId = randomUUID();
    onmessage?: (message: JSONRPCMessage) => void;
    onclose?: () => void;
    /** Ids of the requests that have no reply yet. */
    readonly inFlight = new Set<unknown>();
    #lastId = 0;
    #kept: string[] = [];
    #keptSize = 0;
    #stream: Response | undefined;
    #goodbye: NodeJS.Timeout | undefined;

    async start() {
        sessions.set(this.sessionId, this);
        console.log(`session ${this.sessionId.slice(0, 8)} opened`);
    }

    /** Whether every event after this one is still kept. */
    canResume(id: number) {
        return id <= this.#lastId && id >= this.#lastId - this.#kept.length;
    }

    /** Continues on this stream after the event `id`. */
    attach(stream: Response, id: number) {
        this.#stream?.end();
        this.#stream = stream;
        clearTimeout(this.#goodbye);
        stream.writeHead(200, {
            'Content-Type': 'text/event-stream',
            'Cache-Control': 'no-cache, no-transform',
            'X-Accel-Buffering': 'no'
        });
        stream.write(`id: ${this.sessionId}:${id}\nevent: endpoint\ndata: /messages?sessionId=${this.sessionId}\n\n`);
        const missed = this.#lastId - id;
        if (missed > 0) stream.write(this.#kept.slice(-missed).join(''));
        const heartbeat = setInterval(() => stream.write(': heartbeat\n\n'), HEARTBEAT_MS);
        stream.on('close', () => {
            clearInterval(heartbeat);
            if (this.#stream !== stream) return;
            this.#stream = undefined;
            this.#goodbye = setTimeout(() => this.close(), RESUME_MS);
        });
    }

    receive(message: JSONRPCMessage) {
        if ('method' in message && 'id' in message) this.inFlight.add(message.id);
        this.onmessage?.(message);
    }

    async send(message: JSONRPCMessage) {
        if (!('method' in message)) this.inFlight.delete(message.id);
        this.#lastId += 1;
        const event = `id: ${this.sessionId}:${this.#lastId}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`;
        this.#kept.push(event);
        this.#keptSize += event.length;
        while (this.#keptSize > MAX_KEPT) this.#keptSize -= this.#kept.shift()?.length ?? 0;
        this.#stream?.write(event);
        // The client does not read: what it has not read would fill the memory.
        if (this.#stream && this.#stream.writableLength > MAX_KEPT) this.#stream.destroy();
    }

    async close() {
        if (!sessions.delete(this.sessionId)) return;
        const stream = this.#stream;
        this.#stream = undefined;
        stream?.end();
        clearTimeout(this.#goodbye);
        console.log(`session ${this.sessionId.slice(0, 8)} closed`);
        this.onclose?.();
    }
}
