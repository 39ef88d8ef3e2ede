/**
 * The most connections that a browser opens to one server over HTTP/1.1, for all tabs together. Further requests wait.
 */
export const CONNECTIONS = 6;

/** How the page was loaded. */
export interface PageDelivery {
    origin: string;
    /** As in `PerformanceResourceTiming.nextHopProtocol`. */
    protocol: string;
}

/**
 * How many streams of one server the page may hold. Over HTTP/1.1 each stream keeps a connection, and one must stay
 * free for requests. Over HTTP/2 all share one connection, but browsers use HTTP/2 only with TLS. The page cannot find
 * out which version another server speaks.
 */
export function streamLimit({ origin, protocol }: URL, page: PageDelivery): number {
    const sharesOne = origin === page.origin ? /^h[23]/.test(page.protocol) : protocol === 'https:';
    return sharesOne ? Number.POSITIVE_INFINITY : CONNECTIONS - 1;
}
