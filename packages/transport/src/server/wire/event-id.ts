import { UUID } from './session-id.ts';

const EVENT_ID = new RegExp(`^(${UUID})(?::(\\d{1,15}))?:(\\d{1,15})$`);

export interface EventId {
    sessionId: string;
    /** The number of the stream within the session; only in Streamable HTTP. */
    stream: number | undefined;
    /** 0 is the position before the first message. */
    position: number;
}

/** The id of an event. @param queue the session id, in Streamable HTTP followed by `:` and the number of the stream. */
export function toEventId(queue: string, position: number): string {
    return `${queue}:${position}`;
}

/** The parts of a `Last-Event-ID`; undefined if this server cannot have sent it. */
export function parseEventId(header: string): EventId | undefined {
    const [, sessionId, stream, position] = EVENT_ID.exec(header) ?? [];
    if (sessionId === undefined) return undefined;
    return { sessionId, stream: stream === undefined ? undefined : Number(stream), position: Number(position) };
}
