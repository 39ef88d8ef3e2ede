/** What an event id tells: `<session>:<position>`. */
export interface EventPlace {
    session: string;
    /** Grows by one with each message; an endpoint event has the position from which its stream continues. */
    position: number;
}

/** Reads an event id; only the check of the order needs it, a client takes ids as they are. */
export function parseEventId(id: string): EventPlace {
    const colon = id.lastIndexOf(':');
    return { session: id.slice(0, colon), position: Number(id.slice(colon + 1)) };
}
