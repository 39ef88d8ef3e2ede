import { z } from 'zod';
import { type CallContext, type Tool, ToolError, type ToolResult } from '../tool.ts';
import * as allTools from '../tools/index.ts';
import { explainIssues, quote } from '../words.ts';

/** All tools of the calculator, in the order in which clients list them. */
export const tools = Object.values(allTools);

const byName = new Map<string, Tool>(tools.map(tool => [tool.name, tool as unknown as Tool]));

/** The result of `tools/call` (MCP, Tools, Tool Result). */
export interface CallResult {
    content: { type: 'text'; text: string }[];
    structuredContent?: Record<string, unknown>;
    isError?: true;
    _meta?: Record<string, unknown>;
    [key: string]: unknown;
}

/** The tools for `tools/list`. Their JSON Schemas are created once. */
export const descriptions = tools.map(({ name, title, description, input, output, annotations }) => ({
    name,
    title,
    description,
    inputSchema: toJsonSchema(input, 'input'),
    outputSchema: toJsonSchema(output, 'output'),
    annotations
}));

/**
 * Calls a tool by name. Invalid arguments and failures of the tool are results with `isError` (MCP, Tools, Error
 * Handling). A synchronous tool returns its result without a promise.
 *
 * @throws {ToolError} if no tool has this name.
 * @throws the reason of the signal if the call was cancelled, because a cancelled call gets no result.
 */
export function callTool(
    name: string,
    args: Record<string, unknown>,
    context: CallContext
): CallResult | Promise<CallResult> {
    const tool = byName.get(name);
    if (!tool) {
        const names = tools.map(({ name }) => name).join(', ');
        throw new ToolError('invalid-params', `There is no tool ${quote(name)}; the tools are ${names}`);
    }
    const parsed = tool.input.safeParse(args);
    if (!parsed.success) return toError(`Arguments of ${name}: ${explainIssues(parsed.error.issues)}`);
    // zod ignores this key, so a strict schema does not reject it.
    if (Object.hasOwn(args, '__proto__')) return toError(`Arguments of ${name}: Unrecognized key: "__proto__"`);
    const fail = (error: unknown) => {
        context.signal.throwIfAborted();
        return toError(explain(error, name, context));
    };
    try {
        const result = tool.run(parsed.data, context);
        return result instanceof Promise ? result.then(toCallResult, fail) : toCallResult(result);
    } catch (error) {
        return fail(error);
    }
}

function toCallResult({ value, text, meta }: ToolResult<Record<string, unknown>>): CallResult {
    const result: CallResult = { content: [{ type: 'text', text }], structuredContent: value };
    if (meta) result._meta = meta;
    return result;
}

/** The message of a ToolError is for the client. Other errors may contain secrets, so only the operator gets them. */
function explain(error: unknown, tool: string, { warn }: CallContext): string {
    if (error instanceof ToolError) return error.message;
    warn(`${tool} failed: ${error instanceof Error ? error.message : error}`);
    return `${tool} failed inside the server; try again, or ask the operator of the server`;
}

function toError(text: string): CallResult {
    return { content: [{ type: 'text', text }], isError: true };
}

function toJsonSchema(schema: z.ZodObject, io: 'input' | 'output') {
    return { ...z.toJSONSchema(schema, { target: 'draft-2020-12', io }), type: 'object' as const };
}
