import type { ServerResponse } from 'node:http';
import type { Reading } from '../../broker/broker.ts';
import { BATCH } from '../../server/delivery/replay-log.ts';
import { JSON_HEADERS } from '../../server/wire/framing.ts';

/** What was read of a log. */
export type Events = Exclude<Reading, string>;

/** The only message of a response; undefined if there is more, or if it is so large that it is sent at the client's pace. */
export function toOnlyMessage({ events, ended }: Events): string | undefined {
    const [event] = events;
    return ended && events.length === 1 && event?.position === 1 && event.json.length <= BATCH ? event.json : undefined;
}

export function sendOnlyMessage(res: ServerResponse, json: string): void {
    res.writeHead(200, [...JSON_HEADERS, 'Content-Length', String(Buffer.byteLength(json))]).end(json);
}
