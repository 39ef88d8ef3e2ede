import { z } from 'zod';
import { defineTool, ToolError } from '../tool.ts';
import { quote } from '../words.ts';
import { formatLocal } from './time-zone.ts';

/** Returns the server's time, in UTC or in an IANA time zone. */
export const serverTime = defineTool({
    name: 'server_time',
    title: 'Tell the time',
    description: "Returns the server's current time, in UTC or in the time zone asked for.",
    input: z.strictObject({
        timezone: z.string().default('UTC').describe('An IANA time zone, such as Europe/Paris; UTC if left out')
    }),
    output: z.object({
        iso: z.string().describe('ISO 8601 in UTC'),
        local: z.string().describe('Date and time on the clocks of the time zone, YYYY-MM-DD HH:mm:ss'),
        unix: z.number().int().describe('Whole seconds since 1970-01-01T00:00:00Z'),
        timezone: z.string().describe('The time zone that `local` is in')
    }),
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    run({ timezone }, { now }) {
        const time = now();
        const local = formatLocal(time, timezone);
        if (local === undefined) {
            throw new ToolError(
                'unknown-time-zone',
                `timezone must be an IANA time zone such as Europe/Paris or UTC, got ${quote(timezone)}`
            );
        }
        const value = { iso: time.toISOString(), local, unix: Math.floor(time.getTime() / 1000), timezone };
        return { value, text: `${local} (${timezone})` };
    }
});
