import { BrokerUnavailable } from '../../broker/broker.ts';
import type { HeldStream } from '../holder/held-stream.ts';
import type { SharedProcess } from '../shared-process.ts';

/** Time between two attempts, in milliseconds. */
const RETRY_MS = 250;

/**
 * Tries to continue a stream until the broker answers. Meanwhile the stream is open and gets heartbeats: an EventSource
 * never comes back after a 503. Returns undefined if the client has disconnected.
 */
export async function untilAvailable<T>(
    process: SharedProcess,
    stream: HeldStream,
    attempt: () => Promise<T>
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
        if (!stream.isOpen) stream.open('');
        await new Promise<void>(resolve => process.clock.schedule(resolve, RETRY_MS));
        if (stream.isClosed) return undefined;
    }
}
