import { isRecord } from '../json-rpc.ts';
import { badReply } from '../mcp-session-error.ts';
import type { Request } from '../session/mcp-session.ts';

/** Whose argument it is: a prompt's, or a variable of a template. */
export type Reference = { type: 'ref/prompt'; name: string } | { type: 'ref/resource'; uri: string };

/** Asks what an argument may be that begins as it was typed; `others` are the arguments that were entered already. */
type Complete = (name: string, value: string, others: Readonly<Record<string, string>>) => Promise<string[]>;

/** @throws {McpSessionError} from what it returns. */
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
