import { computed, signal } from '@preact/signals';
import { createSseTransport } from '../../mcp/transport/sse-transport.ts';
import type { StreamSource } from '../../mcp/transport/stream-source.ts';
import type { Transport } from '../../mcp/transport/transport.ts';
import type { RecordStore } from '../wire/record.ts';

/** Streams without calls, as in other tabs. Each keeps one connection of the browser. */
export type IdleStreams = ReturnType<typeof createIdleStreams>;

export interface IdleStreamsOptions {
    /** The absolute address of the streams. */
    url: string;
    source: StreamSource;
    fetch: typeof globalThis.fetch;
    record: RecordStore;
}

export function createIdleStreams({ url, source, fetch, record }: IdleStreamsOptions) {
    const streams = signal<readonly { key: string; transport: Transport }[]>([]);
    let opened = 0;

    const close = (key: string): void => {
        streams.value.find(stream => stream.key === key)?.transport.close();
        streams.value = streams.value.filter(stream => stream.key !== key);
        record.sessions.remove(key);
    };
    const ignore = (): void => {};

    return {
        /** The number of streams, open or waiting for a connection. */
        count: computed(() => streams.value.length),
        /**
         * Whether `key` is the key of an idle stream, open or closed. Idle streams have numbers as keys, sessions have
         * letters.
         */
        has: (key: string) => Number(key) >= 1 && Number(key) <= opened,
        open(): void {
            const key = String(++opened);
            const transport = createSseTransport(
                { url, source, fetch, onFact: fact => record.wire.record(key, fact) },
                {
                    onEndpoint: ignore,
                    onMessage: ignore,
                    onLost: ignore,
                    onGone: ignore,
                    onRefused: () => close(key),
                    awaits: () => false
                }
            );
            streams.value = [...streams.value, { key, transport }];
            transport.open();
        },
        /** Closes the oldest one. */
        closeOne(): void {
            const [first] = streams.value;
            if (first) close(first.key);
        },
        closeAll(): void {
            for (const { key } of streams.value) close(key);
        }
    };
}
