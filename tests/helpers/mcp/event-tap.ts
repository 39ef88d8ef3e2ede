import type { IncomingMessage } from 'node:http';
import { createParser } from 'eventsource-parser';

/** One thing that came down the stream, in the order of the wire. */
export type Frame =
    | { kind: 'event'; event: string; id: string | undefined; data: string }
    | { kind: 'comment'; text: string }
    | { kind: 'retry'; ms: number };

/** A JSON-RPC message as it was on the wire. */
export interface Reply {
    jsonrpc: string;
    id?: string | number | null;
    method?: string;
    params?: Record<string, unknown>;
    result?: Record<string, unknown>;
    error?: { code: number; message: string };
}

/** What an EventSource would hide of an event stream, which can be broken off at any byte. */
export interface EventTap {
    /** All frames until now. */
    readonly frames: readonly Frame[];
    /** The whole text until now, as it was on the wire. */
    readonly text: string;
    /** Waits for the first frame, past or to come, that fits. Rejects when the stream ends without one. */
    find(fits: (frame: Frame) => boolean): Promise<Frame>;
    /** Waits for the reply to that request. */
    findReply(id: string | number): Promise<Reply>;
    /** The JSON-RPC messages until now. */
    messages(): Reply[];
    /** Settles when the stream has ended, however it did. */
    readonly ended: Promise<void>;
    /** Destroys the connection, as a network would. */
    cut(): void;
    /** Stops reading from the socket, so that what is sent piles up. */
    pause(): void;
    /** Reads on. */
    unpause(): void;
    /** The id of the last event, as an EventSource would send it when it reconnects; empty before the first. */
    readonly lastEventId: string;
}

/** Listens to an answer that is an event stream. */
export function tapEvents(answer: IncomingMessage): EventTap {
    const frames: Frame[] = [];
    let text = '';
    const waiting = new Set<() => void>();
    let over = false;
    const settle = () => {
        for (const check of waiting) check();
    };
    const take = (frame: Frame) => {
        frames.push(frame);
        settle();
    };
    const parser = createParser({
        onEvent: ({ event = 'message', id, data }) => take({ kind: 'event', event, id, data }),
        onComment: text => take({ kind: 'comment', text }),
        onRetry: ms => take({ kind: 'retry', ms })
    });
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => {
        text += chunk;
        parser.feed(chunk);
    });
    answer.on('error', () => {});
    const ended = new Promise<void>(resolve => {
        answer.on('close', () => {
            over = true;
            settle();
            resolve();
        });
    });

    const find = (fits: (frame: Frame) => boolean) =>
        new Promise<Frame>((resolve, reject) => {
            const check = () => {
                const found = frames.find(fits);
                if (!found && !over) return;
                waiting.delete(check);
                if (found) resolve(found);
                else reject(new Error(`the stream ended without the frame; it had ${JSON.stringify(frames)}`));
            };
            waiting.add(check);
            check();
        });
    return {
        frames,
        get text() {
            return text;
        },
        find,
        async findReply(id) {
            const frame = await find(frame => isMessage(frame) && isReplyTo(JSON.parse(frame.data), id));
            return JSON.parse(isEvent(frame) ? frame.data : 'null');
        },
        messages: () => frames.flatMap(frame => (isMessage(frame) ? [JSON.parse(frame.data) as Reply] : [])),
        ended,
        cut: () => void answer.destroy(),
        pause: () => void answer.pause(),
        unpause: () => void answer.resume(),
        get lastEventId() {
            return frames.findLast(isEvent)?.id ?? '';
        }
    };
}

function isEvent(frame: Frame): frame is Frame & { kind: 'event' } {
    return frame.kind === 'event';
}

/** An event without data only gives an id. */
function isMessage(frame: Frame): frame is Frame & { kind: 'event' } {
    return isEvent(frame) && frame.event === 'message' && frame.data !== '';
}

function isReplyTo(message: Reply, id: string | number): boolean {
    return message.id === id && message.method === undefined;
}
