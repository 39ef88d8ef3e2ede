import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { StreamHeaders } from '../wire/framing.ts';

/** How long a stream that has ended may take to send the rest, in milliseconds. */
const END_MS = 5000;

/** How a stream begins. */
export interface StreamStart {
    headers: StreamHeaders;
    /** Whether the connection closes with the stream. If not, it serves more requests afterwards. */
    closesConnection: boolean;
    /** A whole event, which is sent at once, or lines that are put in front of the first message. */
    opening: string;
}

/** The writer of a stream. */
export interface ResponseStreamOwner {
    /** The client has caught up, so that more can be written. */
    flush(): void;
    /** The stream has closed, on either side. Called once. */
    onStreamClosed(stream: ResponseStream): void;
}

/** One response that carries events. */
export class ResponseStream {
    readonly #res: ServerResponse;
    #ready = true;
    /** What is still to be sent before the first message. */
    #opening: string;

    constructor(res: ServerResponse, owner: ResponseStreamOwner, { headers, closesConnection, opening }: StreamStart) {
        this.#res = res;
        this.#opening = opening;
        // Heartbeats break the silence, and the memory limit disconnects a slow client.
        res.req.socket.setTimeout(0);
        if (closesConnection) {
            // A body without chunks: a chunk's header costs as much as a small event, and makes the body harder to read.
            res.useChunkedEncodingByDefault = false;
            res.shouldKeepAlive = false;
        }
        res.writeHead(200, headers);
        res.on('drain', () => {
            this.#ready = true;
            owner.flush();
        });
        // 'close' is emitted once. `once` would keep a wrapper in memory for as long as the stream lives.
        res.on('close', () => owner.onStreamClosed(this));
        // 'close' follows every error.
        res.on('error', () => {});
    }

    /** Whether the client keeps up: the network takes the next write at once. */
    get ready(): boolean {
        return this.#ready;
    }

    /** Whether the network has taken all that was written. The rest is lost if the stream breaks. */
    get isEmpty(): boolean {
        return this.#res.writableLength === 0;
    }

    /** Sends the headers, and the opening if it is a whole event, before there is a message. */
    begin(): void {
        if (this.#opening.endsWith('\n\n')) this.write('');
        else this.#res.flushHeaders();
    }

    /** Writes whole events. */
    write(events: string): void {
        this.#ready = this.#res.write(this.#opening + events);
        this.#opening = '';
    }

    /** Writes a comment, which is not an event. */
    writeComment(comment: string): void {
        this.#ready = this.#res.write(comment);
    }

    /** Ends the stream after all that was written. If the client does not read the rest in time, breaks it off. */
    end(clock: Clock): void {
        const cancel = clock.schedule(() => this.destroy(), END_MS);
        this.#res.once('close', cancel);
        this.#res.end();
    }

    /** Breaks the stream off at once. */
    destroy(): void {
        this.#res.destroy();
    }
}
