import { isRecord } from '../json-rpc.ts';
import { badReply } from '../mcp-session-error.ts';
import type { Request } from '../session/mcp-session.ts';

/** The prompt or resource template that the argument belongs to. */
export type Reference = { type: 'ref/prompt'; name: string } | { type: 'ref/resource'; uri: string };

/** Asks for values of an argument that begin with `value`; `others` are the arguments already entered. */
type Complete = (name: string, value: string, others: Readonly<Record<string, string>>) => Promise<string[]>;

/** The returned function throws `McpSessionError`. */
export function createComplete(request: Request, ref: Reference): Complete {
    return async (name, value, others) => {
        const context = Object.keys(others).length > 0 ? { context: { arguments: others } } : {};
        const result = await request('completion/complete', { ref, argument: { name, value }, ...context });
        const completion = isRecord(result) ? result.completion : undefined;
        if (!isRecord(completion) || !Array.isArray(completion.values)) {
            throw badReply('completion/complete', 'completion.values');
        }
        return [...new Set(completion.values)].filter(suggestion => typeof suggestion === 'string');
    };
}
