import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { StreamHeaders } from '../wire/framing.ts';

/** How long a stream that has ended may take to deliver the rest, in milliseconds. */
const END_MS = 5000;

/** Who writes to a stream, and is told of it. */
export interface ResponseStreamOwner {
    /** A reader that was behind has caught up. */
    flush(): void;
    /** The stream has closed, whoever closed it; called once. */
    onStreamClosed(stream: ResponseStream): void;
}

/** One response that carries events, as a session sees it. */
export class ResponseStream {
    readonly #res: ServerResponse;
    #ready = true;
    /** Lines that belong to the first event. */
    #firstLines = '';

    constructor(res: ServerResponse, owner: ResponseStreamOwner, headers: StreamHeaders, endsWithConnection: boolean) {
        this.#res = res;
        // Its silence is ended by heartbeats, and a reader that is slow is cut off by what piles up.
        res.req.socket.setTimeout(0);
        if (endsWithConnection) {
            // Nothing has to be cut into chunks then: each would cost as much as the event in it, and be in the way of
            // whoever reads along.
            res.useChunkedEncodingByDefault = false;
            res.shouldKeepAlive = false;
        }
        res.writeHead(200, headers);
        res.on('drain', () => {
            this.#ready = true;
            owner.flush();
        });
        // 'close' comes once; `once` would keep a wrapper as long as the stream.
        res.on('close', () => owner.onStreamClosed(this));
        // A reader that is gone shows as 'close', which is all there is to know.
        res.on('error', () => {});
    }

    /** Whether the reader keeps up: what is written now goes straight to the network. */
    get ready(): boolean {
        return this.#ready;
    }

    /** Whether the network has taken all that was written; what it has not is lost if the stream breaks. */
    get isEmpty(): boolean {
        return this.#res.writableLength === 0;
    }

    /** Writes whole events. */
    write(events: string): void {
        this.#ready = this.#res.write(this.#firstLines + events);
        this.#firstLines = '';
    }

    /** Writes a comment, which is not an event. */
    writeComment(comment: string): void {
        this.#ready = this.#res.write(comment);
    }

    /** Puts lines at the beginning of the first event. With `sendHeaders`, the headers do not wait for that event. */
    beginWith(lines: string, sendHeaders: boolean): void {
        this.#firstLines = lines;
        if (sendHeaders) this.#res.flushHeaders();
    }

    /** Ends the stream after all that was written; a reader that does not take it is broken off in the end. */
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
