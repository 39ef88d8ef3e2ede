import { createSseTransport, type SseTransportOptions } from './sse-transport.ts';
import { createStreamableTransport, type StreamableTransportOptions } from './streamable/streamable-transport.ts';
import type { Transport, TransportKind, TransportListener } from './transport.ts';

/** What both transports depend on. */
export interface AnyTransportOptions extends SseTransportOptions, StreamableTransportOptions {
    transport: TransportKind;
}

export function createTransport(options: AnyTransportOptions, listener: TransportListener): Transport {
    if (options.transport === 'streamable') return createStreamableTransport(options, listener);
    return createSseTransport(options, listener);
}
