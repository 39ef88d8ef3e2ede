import { z } from 'zod';
import { defineTool } from '../tool.ts';

/** Returns the message with the time and the transport: a first look at a round trip. */
export const echo = defineTool({
    name: 'echo',
    title: 'Echo a message',
    description: 'Returns the message unchanged, with the time and the transport it arrived by.',
    input: z.strictObject({ message: z.string().describe('The text to send back') }),
    output: z.object({
        echo: z.string().describe('The message, unchanged'),
        timestamp: z.string().describe('When the server answered, ISO 8601 in UTC'),
        transport: z.enum(['sse', 'streamable-http', 'stdio']).describe('How the call reached the server')
    }),
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    run({ message }, { now, transport }) {
        const value = { echo: message, timestamp: now().toISOString(), transport };
        return { value, text: JSON.stringify(value) };
    }
});
