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
    readonly lateBytes: Buffer[];
}

/** The requests that a load balancer has open. */
export class Exchanges {
    readonly #all = new Set<Exchange>();
    /** Those whose process left the rotation. */
    readonly #shut: Exchange[] = [];

    add(upstream: number, req: IncomingMessage, res: ServerResponse, onward: ClientRequest): Exchange {
        const exchange = { upstream, req, res, onward, isStream: false, isCut: false, isShut: false, lateBytes: [] };
        this.#all.add(exchange);
        return exchange;
    }

    delete(exchange: Exchange): void {
        this.#all.delete(exchange);
    }

    get streams(): number {
        return [...this.#all].filter(({ isStream, isShut }) => isStream && !isShut).length;
    }

    /** Cuts off one stream, chosen by a number from 0 (inclusive) to 1 (exclusive). */
    cutOne(random: number): void {
        const streams = [...this.#all].filter(({ isStream, isShut, isCut }) => isStream && !isShut && !isCut);
        const exchange = streams[Math.floor(random * streams.length)];
        if (exchange) exchange.isCut = true;
    }

    /** Disconnects the clients of a process. */
    shut(upstream: number): void {
        for (const exchange of this.#all) {
            if (exchange.upstream !== upstream || exchange.isShut) continue;
            exchange.isShut = true;
            exchange.res.destroy();
            // A request that is not answered yet could still open a stream that no client reads.
            if (!exchange.isStream) exchange.onward.destroy();
            else this.#shut.push(exchange);
        }
    }

    /** The messages that processes sent on connections after their clients were disconnected. */
    get lateEvents(): string[] {
        return this.#shut.flatMap(({ lateBytes }) =>
            Buffer.concat(lateBytes)
                .toString()
                .split('\n\n')
                .filter(block => /^data: ?\{/m.test(block))
        );
    }

    destroy(): void {
        for (const { onward } of [...this.#all, ...this.#shut]) onward.destroy();
    }
}
