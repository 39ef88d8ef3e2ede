import { BenchError } from '../errors.ts';
import { type Client, createCaller } from './caller.ts';
import type { Exercise } from './exercise.ts';
import { type EventStream, openEventStream } from './http/event-stream.ts';
import { createInbox, type Outcome } from './http/inbox.ts';
import type { PostPool } from './http/post-pool.ts';
import { createLedger } from './ledger.ts';

export interface SessionOptions {
    /** Makes the tasks of this session its own. */
    index: number;
    pool: PostPool;
    exercise?: Exercise;
    /** Where to open the stream, if not where to post. */
    streamPort?: number;
    /** Called when an open stream is lost; without it a lost stream voids the measurement. */
    onDrop?: () => void;
}

/** A client of one session that checks whatever comes. */
export interface Session extends Client {
    readonly sessionId: string;
    /** Where to post. */
    readonly endpoint: string;
    readonly stream: EventStream;
    /**
     * Opens the stream again, with Last-Event-ID if there was an id; tells whether it is the same session.
     *
     * @throws {BenchError} `disconnected` if the stream is lost before its endpoint event.
     */
    reopen(): Promise<Outcome>;
}

/** Opens a stream and waits for its endpoint event. */
export async function openSession(options: SessionOptions): Promise<Session> {
    const { index, pool, exercise, streamPort = pool.port, onDrop } = options;
    const name = `session ${index}`;
    const ledger = createLedger(name);
    let destroyed = false;
    let stream: EventStream;
    let onEndpoint: ((outcome: Outcome) => void) | undefined;
    const inbox = createInbox({ name, ledger, onEndpoint: outcome => onEndpoint?.(outcome) });

    const open = () =>
        new Promise<Outcome>((resolve, reject) => {
            onEndpoint = outcome => {
                onEndpoint = undefined;
                resolve(outcome);
            };
            stream = openEventStream({
                port: streamPort,
                token: pool.token,
                lastEventId: inbox.lastEventId,
                onEvent: inbox.read,
                onClose
            });
            function onClose(reason: string) {
                const lost = new BenchError('disconnected', `${name}: the stream was lost: ${reason}`);
                if (onEndpoint) reject(lost);
                else if (!destroyed && onDrop) onDrop();
                else if (!destroyed) ledger.fail(lost);
            }
        });

    await open();
    return {
        ...createCaller({
            index,
            ledger,
            exercise,
            post: message => pool.post(inbox.endpoint, JSON.stringify(message))
        }),
        get sessionId() {
            return inbox.endpoint.slice(inbox.endpoint.lastIndexOf('=') + 1);
        },
        get endpoint() {
            return inbox.endpoint;
        },
        get stream() {
            return stream;
        },
        reopen: open,
        destroy() {
            destroyed = true;
            stream.destroy();
        }
    };
}
