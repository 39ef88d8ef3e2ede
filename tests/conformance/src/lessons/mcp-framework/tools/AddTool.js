import { MCPTool } from 'mcp-framework';
import { z } from 'zod';

export default class AddTool extends MCPTool {
    name = 'add';
    description = 'Add two numbers.';
    schema = z.object({
        a: z.number().describe('First number to add'),
        b: z.number().describe('Second number to add')
    });

    async execute({ a, b }) {
        return `Result: ${a + b}`;
    }
}
