import type { EventId, EventStore, StreamId } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';

interface Kept {
    id: EventId;
    streamId: StreamId;
    message: JSONRPCMessage;
}

/**
 * Keeps the last `limit` events of one session in memory. The SDK's example keeps every event for as long as the
 * session lives, and its order is that of the clock; this one forgets, and counts, at the same cost or less.
 */
export function createEventStore(limit: number): EventStore {
    const ring: Kept[] = [];
    let count = 0;

    const placeOf = (id: EventId) => Number(id.slice(id.lastIndexOf('_') + 1));
    const find = (id: EventId) => {
        const kept = ring[placeOf(id) % limit];
        return kept?.id === id ? kept : undefined;
    };

    return {
        async storeEvent(streamId, message) {
            const id = `${streamId}_${count}`;
            ring[count % limit] = { id, streamId, message };
            count++;
            return id;
        },
        async getStreamIdForEventId(id) {
            return find(id)?.streamId;
        },
        async replayEventsAfter(lastEventId, { send }) {
            const last = find(lastEventId);
            if (!last) throw new Error('the event is not kept any more');
            for (let place = placeOf(lastEventId) + 1; place < count; place++) {
                const kept = ring[place % limit];
                if (kept?.streamId === last.streamId) await send(kept.id, kept.message);
            }
            return last.streamId;
        }
    };
}
