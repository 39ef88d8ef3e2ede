import { BenchError } from '../errors.ts';
import { createLedger, isSum, type Ledger } from './check.ts';
import { parseEventId } from './event-id.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import type { PostPool } from './http-connection.ts';
import type { SseEvent } from './sse-parser.ts';

export interface SessionOptions {
    /** Makes the terms of this session's sums its own. */
    index: number;
    pool: PostPool;
    /** Where to open the stream, if not where to post. */
    streamPort?: number;
    /** Called when an open stream is lost; without it a lost stream voids the measurement. */
    onDrop?: () => void;
}

/** A client of one session that checks whatever comes. */
export interface Session {
    readonly sessionId: string;
    readonly ledger: Ledger;
    readonly stream: EventStream;
    initialize(): Promise<void>;
    /** Calls `add` with terms used nowhere else; settles with the time at which the reply was read. */
    call(): Promise<number>;
    /** Posts a request that expects no reply. */
    notify(method: string): Promise<void>;
    /**
     * Opens the stream again, with Last-Event-ID if there was an id; tells whether it is the same session.
     *
     * @throws {BenchError} `disconnected` if the stream is lost before its endpoint event.
     */
    reopen(): Promise<'resumed' | 'fresh'>;
    /** Goes away without a word, as a client does that is switched off. */
    destroy(): void;
}

/** The sums of two sessions never meet as long as neither makes more calls than a third of this. */
const SUMS_PER_SESSION = 100_000_000;

/** Opens a stream and waits for its endpoint event. */
export async function openSession({ index, pool, streamPort = pool.port, onDrop }: SessionOptions): Promise<Session> {
    const ledger = createLedger(`session ${index}`);
    let endpoint = '';
    let lastEventId: string | undefined;
    let position = 0;
    let destroyed = false;
    let stream: EventStream;
    let onEndpoint: ((url: string) => void) | undefined;

    const checkOrder = (id: string, isEndpoint: boolean) => {
        const place = parseEventId(id);
        const expected = isEndpoint ? position : position + 1;
        if (place.position !== expected || !endpoint.endsWith(place.session)) {
            const seen = `event id ${id} came after position ${position} of ${endpoint}`;
            ledger.fail(new BenchError('wrong-reply', `session ${index}: ${seen}`));
        }
        position = place.position;
    };
    const onEvent = ({ event, id, data }: SseEvent) => {
        if (event === 'endpoint') {
            // Another session counts from its own start.
            if (data !== endpoint) position = id === undefined ? 0 : parseEventId(id).position;
            onEndpoint?.(data);
        }
        if (id !== undefined) {
            checkOrder(id, event === 'endpoint');
            lastEventId = id;
        }
        if (event === 'message') ledger.take(data);
    };
    const open = () =>
        new Promise<'resumed' | 'fresh'>((resolve, reject) => {
            onEndpoint = url => {
                const outcome = url === endpoint ? 'resumed' : 'fresh';
                endpoint = url;
                onEndpoint = undefined;
                resolve(outcome);
            };
            stream = openEventStream({ port: streamPort, lastEventId, onEvent, onClose });
            function onClose(reason: string) {
                const lost = new BenchError('disconnected', `session ${index}: the stream was lost: ${reason}`);
                if (onEndpoint) reject(lost);
                else if (!destroyed && onDrop) onDrop();
                else if (!destroyed) ledger.fail(lost);
            }
        });
    const request = async (id: number, method: string, params: object, isRight: (result: unknown) => boolean) => {
        const reply = ledger.expect(id, isRight);
        const message = { jsonrpc: '2.0', id, method, params };
        const [time] = await Promise.all([reply, pool.post(endpoint, JSON.stringify(message))]);
        return time;
    };

    await open();
    const session: Session = {
        get sessionId() {
            return endpoint.slice(endpoint.lastIndexOf('=') + 1);
        },
        ledger,
        get stream() {
            return stream;
        },
        async initialize() {
            const clientInfo = { name: 'bench', version: '1.0.0' };
            const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
            const isRight = (result: unknown) => typeof Object(result).protocolVersion === 'string';
            await request(ledger.nextId(), 'initialize', params, isRight);
            await session.notify('notifications/initialized');
        },
        call() {
            const id = ledger.nextId();
            const a = index * SUMS_PER_SESSION + id;
            const b = id * 2;
            const params = { name: 'add', arguments: { a, b } };
            return request(id, 'tools/call', params, result => isSum(result, a + b));
        },
        notify: method => pool.post(endpoint, JSON.stringify({ jsonrpc: '2.0', method })),
        reopen: open,
        destroy() {
            destroyed = true;
            stream.destroy();
        }
    };
    return session;
}
