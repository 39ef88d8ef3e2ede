import { isRecord } from '../json-rpc.ts';
import { badReply } from '../mcp-session-error.ts';
import { type Content, parseContent } from './content.ts';
import { type Described, type Listed, parseDescribed } from './list-all.ts';

const HINTS = ['readOnly', 'destructive', 'idempotent', 'openWorld'] as const;
/** What a server declares about the effect of a tool. The page shows it, but cannot check it. */
export type Hint = (typeof HINTS)[number];

/** A tool as `tools/list` describes it. */
export interface ToolDescription extends Described {
    /** Those that the server declares as true. */
    hints: Hint[];
    /** The JSON Schema of the arguments. */
    inputSchema: Record<string, unknown>;
}

/** The result of `tools/call`. */
export interface ToolResult {
    /** For users and models. */
    content: Content[];
    isError: boolean;
    /** The same for programs; `undefined` if the tool returns none. */
    structuredContent: unknown;
}

export const TOOLS: Listed<ToolDescription> = {
    method: 'tools/list',
    member: 'tools',
    parse: tool => ({
        ...parseDescribed(tool, 'tools/list'),
        hints: hintsOf(tool.annotations),
        inputSchema: isRecord(tool.inputSchema) ? tool.inputSchema : {}
    })
};

function hintsOf(annotations: unknown): Hint[] {
    return isRecord(annotations) ? HINTS.filter(hint => annotations[`${hint}Hint`] === true) : [];
}

/** @throws {McpSessionError} `bad-reply` */
export function parseToolResult(result: unknown): ToolResult {
    if (!isRecord(result) || !Array.isArray(result.content)) throw badReply('tools/call', 'content');
    return {
        content: result.content.map(parseContent),
        isError: result.isError === true,
        structuredContent: result.structuredContent
    };
}
