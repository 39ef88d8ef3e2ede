import { BrokerUnavailable } from '../../broker/broker.ts';
import type { HeldStream } from '../holder/held-stream.ts';
import type { SharedProcess } from '../shared-process.ts';

/**
 * Tries to continue a stream until the broker answers. Meanwhile the stream is open and gets heartbeats: an EventSource
 * never comes back after a 503. Returns undefined if the client has disconnected, or was told to come back elsewhere
 * because this process stops.
 *
 * @param open sends the headers before the first wait.
 */
export async function untilAvailable<T>(
    process: SharedProcess,
    stream: HeldStream,
    attempt: () => Promise<T>,
    open = () => stream.isOpen || stream.open('')
): Promise<T | undefined> {
    while (true) {
        try {
            return await attempt();
        } catch (error) {
            if (!(error instanceof BrokerUnavailable)) throw error;
        }
        if (stream.response.destroyed) {
            process.streams.delete(stream);
            return undefined;
        }
        open();
        await process.attempts.next(stream.closed);
        if (stream.isClosed) return undefined;
        if (process.isDraining) {
            stream.release(process.toRetryMs());
            return undefined;
        }
    }
}
