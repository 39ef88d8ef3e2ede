import { z } from 'zod';
import { defineTool, ToolError } from '../tool.ts';

/** Adds two finite numbers. A sum beyond the largest double is the caller's mistake, never `Infinity`. */
export const add = defineTool({
    name: 'add',
    title: 'Add two numbers',
    description: 'Adds two numbers and returns their sum.',
    input: z.strictObject({
        a: z.number().describe('The first number'),
        b: z.number().describe('The second number')
    }),
    output: z.object({ sum: z.number().describe('a + b') }),
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    run({ a, b }) {
        const sum = a + b;
        if (!Number.isFinite(sum)) {
            throw new ToolError(
                'out-of-range',
                `${a} + ${b} is beyond ±${Number.MAX_VALUE}, the largest possible number; use smaller numbers`
            );
        }
        return { value: { sum }, text: String(sum) };
    }
});
