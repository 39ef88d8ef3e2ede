import type { CallToolResult, PromptMessage, Tool } from '@modelcontextprotocol/sdk/types.js';
import { type Schema, typesOf } from '../arguments/schema.ts';
import { CliError } from '../errors/cli-error.ts';
import { type Screen, toOneLine } from './screen.ts';
import { formatTable, indented } from './table.ts';

/**
 * One JSON value for programs, indented for the people who look on. Of the control characters JSON itself escapes all
 * but those from U+007F on, with which a terminal can be driven too.
 */
export function formatJson(value: unknown): string {
    return escapeControls(toJson(value, 2));
}

/** One JSON value on a line of its own. */
export function formatJsonLine(value: unknown): string {
    return escapeControls(toJson(value));
}

/** @throws {CliError} if the value is nested too deeply: node reads such JSON, but cannot write it. */
function toJson(value: unknown, indent?: number): string {
    try {
        return JSON.stringify(value, null, indent);
    } catch (cause) {
        if (!(cause instanceof RangeError)) throw cause;
        throw new CliError('tool-error', 'the answer of the server is nested too deeply to be printed', { cause });
    }
}

function escapeControls(json: string): string {
    return json.replace(
        /[\x7f-\x9f]|\p{Bidi_Control}/gu,
        character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    );
}

/** Paragraphs with an empty line between them; `none` where there are none. */
export function formatList<Item>(items: readonly Item[], format: (item: Item) => string[], none: string): string {
    return items.length === 0 ? none : items.map(item => format(item).join('\n')).join('\n\n');
}

/** A tool as a paragraph, with a line for each of its arguments. */
export function formatTool({ name, title, description, annotations, inputSchema }: Tool, screen: Screen): string[] {
    const rows = Object.entries(inputSchema.properties ?? {}).map(([argument, schema]) =>
        describeArgument(argument, schema, inputSchema)
    );
    return formatEntry({ name, title: title ?? annotations?.title, description }, rows, screen);
}

export interface Entry {
    name: string;
    title?: string | undefined;
    description?: string | undefined;
}

/** A heading, a description and the arguments of something that takes them. */
export function formatEntry(entry: Entry, rows: readonly string[][], screen: Screen): string[] {
    const table = rows.length === 0 ? ['no arguments'] : formatTable(rows, screen.width - INDENT);
    return [...formatHeading(entry, screen), ...table.map(line => ' '.repeat(INDENT) + line)];
}

const INDENT = 4;

/** A heading, and a description below it. */
export function formatHeading({ name, title, description = '' }: Entry, screen: Screen): string[] {
    const [first = '', ...more] = indented(toOneLine(title ? `${name} - ${title}` : name), 0, screen.width);
    return [...[first, ...more].map(screen.bold), ...indented(toOneLine(description), INDENT, screen.width)];
}

function describeArgument(name: string, schema: Schema, root: Schema): string[] {
    const description = typeof schema.description === 'string' ? schema.description : '';
    const fallback = schema.default === undefined ? '' : ` (default ${JSON.stringify(schema.default)})`;
    const type = typesOf(schema, root).join('|') || 'json';
    return describe(name, type, root.required?.includes(name) ?? false, description + fallback);
}

/** The cells of an argument: its name, its type, whether it may be left out, and what it is. */
export function describe(name: string, type: string, isRequired: boolean, description: string): string[] {
    return [name, type, isRequired ? 'required' : 'optional', description].map(toOneLine);
}

/** The content of a result as text; whatever is not text is described, a line each. */
export function formatResult({ content, structuredContent }: CallToolResult): string {
    if (content.length === 0 && structuredContent) return formatJson(structuredContent);
    return content.map(formatContent).join('\n');
}

/** One piece of content as text, or a line about it. */
export function formatContent(item: PromptMessage['content']): string {
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
