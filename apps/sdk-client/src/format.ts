import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { type Schema, typesOf } from './schema.ts';

/** One JSON value for programs, indented for the people who look on. */
export function formatJson(value: unknown): string {
    return JSON.stringify(value, null, 2);
}

/** Fits text on one line; control characters, which could drive a terminal, become spaces too. */
export function toOneLine(text: string): string {
    return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** The tools as text: a paragraph for each, a line for each of its arguments. */
export function formatTools(tools: readonly Tool[]): string {
    return tools.length === 0 ? 'the server has no tools' : tools.map(formatTool).join('\n\n');
}

function formatTool({ name, title, description, annotations, inputSchema }: Tool): string {
    const heading = title ?? annotations?.title;
    const rows = Object.entries(inputSchema.properties ?? {}).map(([argument, schema]) =>
        formatArgument(argument, schema, inputSchema.required?.includes(argument) ?? false)
    );
    const details = [...(description ? [toOneLine(description)] : []), ...align(rows)];
    if (rows.length === 0) details.push('no arguments');
    return [toOneLine(heading ? `${name} - ${heading}` : name), ...details.map(line => `    ${line}`)].join('\n');
}

function formatArgument(name: string, schema: Schema, isRequired: boolean): string[] {
    const description = typeof schema.description === 'string' ? schema.description : '';
    const fallback = schema.default === undefined ? '' : ` (default ${JSON.stringify(schema.default)})`;
    const type = typesOf(schema).join('|') || 'json';
    return [name, type, isRequired ? 'required' : 'optional', description + fallback].map(toOneLine);
}

function align(rows: readonly string[][]): string[] {
    const widths = new Map<number, number>();
    for (const row of rows) {
        for (const [column, cell] of row.entries()) {
            widths.set(column, Math.max(widths.get(column) ?? 0, cell.length));
        }
    }
    return rows.map(row =>
        row
            .map((cell, column) => cell.padEnd(widths.get(column) ?? 0))
            .join('  ')
            .trimEnd()
    );
}

/** The content of a result as text; whatever is not text is described, a line each. */
export function formatResult({ content, structuredContent }: CallToolResult): string {
    if (content.length === 0 && structuredContent) return formatJson(structuredContent);
    return content.map(formatContent).join('\n');
}

function formatContent(item: CallToolResult['content'][number]): string {
    switch (item.type) {
        case 'text':
            return item.text;
        case 'image':
        case 'audio':
            return toOneLine(`[${item.type}: ${item.mimeType}, ${Buffer.byteLength(item.data, 'base64')} bytes]`);
        case 'resource':
            return toOneLine(`[resource: ${item.resource.uri}${suffix(item.resource.mimeType)}]`);
        case 'resource_link':
            return toOneLine(`[link: ${item.uri}, ${item.name}${suffix(item.mimeType)}]`);
    }
}

function suffix(mimeType: string | undefined): string {
    return mimeType ? `, ${mimeType}` : '';
}
