/** Browsers open so many connections to a server by HTTP/1.1 at once, of all their tabs; what is beyond waits. */
export const CONNECTIONS = 6;

/** How the page came. */
export interface PageDelivery {
    origin: string;
    /** As in `PerformanceResourceTiming.nextHopProtocol`. */
    protocol: string;
}

/**
 * How many streams of one server the page may hold: by HTTP/1.1 each keeps a connection for itself, and one has to be
 * left for requests. By HTTP/2 all share one; without TLS no browser speaks that. What a server elsewhere speaks is not
 * told to the page.
 */
export function streamLimit({ origin, protocol }: URL, page: PageDelivery): number {
    const sharesOne = origin === page.origin ? /^h[23]/.test(page.protocol) : protocol === 'https:';
    return sharesOne ? Number.POSITIVE_INFINITY : CONNECTIONS - 1;
}
