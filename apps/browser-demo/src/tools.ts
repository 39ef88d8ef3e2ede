import { message } from './i18n/i18n.ts';
import { isRecord } from './json-rpc.ts';
import { McpSessionError } from './mcp-session-error.ts';

/** A tool as `tools/list` describes it. */
export interface ToolDescription {
    name: string;
    title: string;
    description: string;
    /** A JSON schema of the arguments. */
    inputSchema: Record<string, unknown>;
}

/** What `tools/call` gives back. */
export interface ToolResult {
    /** Blocks for people and models to read; those of type `text` carry a `text`. */
    content: Record<string, unknown>[];
    isError: boolean;
    /** The same for programs; `undefined` if the tool gives none. */
    structuredContent: unknown;
}

/** One page of `tools/list`. */
export interface ToolPage {
    tools: ToolDescription[];
    nextCursor: string | undefined;
}

/** @throws {McpSessionError} `bad-reply` */
export function parseToolPage(result: unknown): ToolPage {
    if (!isRecord(result) || !Array.isArray(result.tools)) throw badReply('error.badReply.tools');
    const { nextCursor } = result;
    return {
        tools: result.tools.map(parseTool),
        nextCursor: typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : undefined
    };
}

/** @throws {McpSessionError} `bad-reply` */
export function parseToolResult(result: unknown): ToolResult {
    if (!isRecord(result) || !Array.isArray(result.content)) throw badReply('error.badReply.content');
    return {
        content: result.content.filter(isRecord),
        isError: result.isError === true,
        structuredContent: result.structuredContent
    };
}

function parseTool(tool: unknown): ToolDescription {
    if (!isRecord(tool) || typeof tool.name !== 'string') throw badReply('error.badReply.toolName');
    const { name, title, description, inputSchema } = tool;
    return {
        name,
        title: typeof title === 'string' ? title : name,
        description: typeof description === 'string' ? description : '',
        inputSchema: isRecord(inputSchema) ? inputSchema : {}
    };
}

function badReply(key: 'error.badReply.tools' | 'error.badReply.toolName' | 'error.badReply.content'): McpSessionError {
    return new McpSessionError('bad-reply', message(key));
}
