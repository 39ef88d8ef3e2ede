import { setTimeout as sleep } from 'node:timers/promises';
import { MCPTool } from 'mcp-framework';
// The framework knows zod 3 only.
import { z } from 'zod/v3';

export default class AddTool extends MCPTool<{ a: number; b: number }> {
    name = 'add';
    description = 'Add two numbers.';
    schema = {
        a: { type: z.number(), description: 'First term' },
        b: { type: z.number(), description: 'Second term' }
    };

    /** The framework would describe these numbers as strings: it recognizes only the types of its own copy of zod. */
    override get inputSchema() {
        const properties = { a: { type: 'number' }, b: { type: 'number' } };
        return { type: 'object' as const, properties, required: ['a', 'b'] };
    }

    async execute({ a, b }: { a: number; b: number }) {
        await this.reportProgress(1, 2, `adding ${a} and ${b}`);
        await sleep(200);
        await this.reportProgress(2, 2, `${a} + ${b} = ${a + b}`);
        return a + b;
    }
}
