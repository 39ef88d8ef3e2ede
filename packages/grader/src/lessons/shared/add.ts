import type { Attempt } from '../../attempt.ts';
import type { McpSession } from '../../mcp-session.ts';
import type { Unchecked } from '../../wire/message.ts';
import { noTool } from './tools.ts';

/** Fails unless the result of tools/list has the tool `add` with the properties a and b. */
export function expectAdd(attempt: Attempt, result: Unchecked): void {
    const tools: unknown = result?.tools;
    const add = Array.isArray(tools) ? tools.find(tool => tool?.name === 'add') : undefined;
    if (Array.isArray(tools) && !add) throw attempt.failure({ received: noTool('add', tools) });
    const { type, properties } = add?.inputSchema ?? {};
    if (type !== 'object' || !properties?.a || !properties?.b) {
        throw attempt.failure({ received: JSON.stringify(result) ?? 'undefined' });
    }
}

/** Calls `add` with two random numbers, and fails unless the first content is their sum as text. */
export async function callAdd(attempt: Attempt, session: McpSession): Promise<void> {
    const a = attempt.random.integer(-1000, 100_000);
    const b = attempt.random.integer(1, 100_000);
    const result = await session.result('tools/call', { name: 'add', arguments: { a, b } });
    expectSum(attempt, result, a + b);
}

/** Fails unless the first content of a result is this sum as text. */
export function expectSum(attempt: Attempt, result: Unchecked, sum: number): void {
    const [content] = Array.isArray(result?.content) ? result.content : [];
    // Frameworks wrap the number: {"sum":5} and 5 both say it.
    const numbers =
        String(content?.text)
            .match(/-?\d+(?:\.\d+)?/g)
            ?.map(Number) ?? [];
    if (content?.type !== 'text' || typeof content.text !== 'string' || !numbers.includes(sum)) {
        const received = JSON.stringify(result);
        throw attempt.failure({ received, expected: { en: `"text":"${sum}"`, fr: `"text":"${sum}"` } });
    }
}
