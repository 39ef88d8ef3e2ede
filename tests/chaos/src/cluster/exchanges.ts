import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';

/** A request on its way through the load balancer. */
export interface Exchange {
    readonly upstream: number;
    readonly req: IncomingMessage;
    readonly res: ServerResponse;
    readonly onward: ClientRequest;
    isStream: boolean;
    /** Whether the client is cut off in the middle of the next chunk. */
    isCut: boolean;
    /** Whether the client is disconnected, and the connection to the process is kept, to see what it still sends. */
    isShut: boolean;
    /** What the process sent after that. */
    readonly late: { at: number; bytes: Buffer }[];
    /** When the response began, in milliseconds of `performance.now()`. */
    answeredAt: number;
}

/** A message that a process sent on a connection whose client was disconnected before. */
export interface LateEvent {
    at: number;
    upstream: number;
    text: string;
}

/** The requests that a load balancer has open. */
export class Exchanges {
    readonly #all = new Set<Exchange>();
    /** Those whose process left the rotation. */
    readonly #shut: Exchange[] = [];
    /** When each stream was continued on another connection, by the beginning of its event ids. */
    readonly #continued = new Map<string, number>();

    add(upstream: number, req: IncomingMessage, res: ServerResponse, onward: ClientRequest): Exchange {
        const flags = { isStream: false, isCut: false, isShut: false };
        const exchange = { upstream, req, res, onward, ...flags, late: [], answeredAt: 0 };
        this.#all.add(exchange);
        return exchange;
    }

    delete(exchange: Exchange): void {
        this.#all.delete(exchange);
    }

    /** Notes that the response has begun. */
    answer(exchange: Exchange, isStream: boolean): void {
        exchange.isStream = isStream;
        exchange.answeredAt = performance.now();
        const lastEventId = String(exchange.req.headers['last-event-id'] ?? '');
        if (isStream && lastEventId !== '') this.#continued.set(toStream(lastEventId), exchange.answeredAt);
    }

    /** Cuts off one stream, chosen by a number from 0 (inclusive) to 1 (exclusive). */
    cutOne(random: number): void {
        const streams = [...this.#all].filter(({ isStream, isShut, isCut }) => isStream && !isShut && !isCut);
        const exchange = streams[Math.floor(random * streams.length)];
        if (exchange) exchange.isCut = true;
    }

    /** Disconnects the clients of a process. A request that is not answered yet fails, as by a timeout. */
    shut(upstream: number): void {
        for (const exchange of this.#all) {
            if (exchange.upstream !== upstream || exchange.isShut) continue;
            if (exchange.answeredAt === 0) exchange.onward.destroy();
            else {
                exchange.isShut = true;
                this.#shut.push(exchange);
                exchange.res.destroy();
            }
        }
    }

    /**
     * The messages that processes sent on connections after their clients were disconnected, and after another connection
     * continued the stream; without event ids, all of them.
     */
    get lateEvents(): LateEvent[] {
        return this.#shut.flatMap(({ upstream, late, answeredAt }) => {
            const text = Buffer.concat(late.map(({ bytes }) => bytes)).toString();
            return text.split('\n\n').flatMap(block => {
                if (!/^data: ?\{/m.test(block)) return [];
                const at = late.find(({ bytes }) => bytes.includes(block.slice(0, 40)))?.at ?? 0;
                const [, id] = /^id: ?(\S+)$/m.exec(block) ?? [];
                const continuedAt = id === undefined ? 0 : (this.#continued.get(toStream(id)) ?? Infinity);
                const isLate = continuedAt < at && (id === undefined || continuedAt > answeredAt);
                return isLate ? [{ at, upstream, text: block }] : [];
            });
        });
    }

    destroy(): void {
        for (const { onward } of [...this.#all, ...this.#shut]) onward.destroy();
    }
}

/** The beginning that the event ids of a stream have in common. */
function toStream(eventId: string): string {
    return eventId.slice(0, eventId.lastIndexOf(':'));
}
