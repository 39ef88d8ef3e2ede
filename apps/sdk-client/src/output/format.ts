import type { CallToolResult, PromptMessage } from '@modelcontextprotocol/sdk/types.js';
import { CliError } from '../errors/cli-error.ts';
import { type Screen, toOneLine } from './screen.ts';
import { formatTable, indented } from './table.ts';

/**
 * Formats one JSON value, indented. JSON itself does not escape the control characters from U+007F on, which can drive a
 * terminal, so they are escaped here.
 */
export function formatJson(value: unknown): string {
    return escapeControls(toJson(value, 2));
}

/** Formats one JSON value on one line. */
export function formatJsonLine(value: unknown): string {
    return escapeControls(toJson(value));
}

/** @throws {CliError} if the value is nested too deeply: node can read such JSON, but cannot write it. */
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

/** Formats items as paragraphs with an empty line between them, or returns `none` if there are no items. */
export function formatList<Item>(items: readonly Item[], format: (item: Item) => string[], none: string): string {
    return items.length === 0 ? none : items.map(item => format(item).join('\n')).join('\n\n');
}

export interface Entry {
    name: string;
    title?: string | undefined;
    description?: string | undefined;
}

/** Formats a tool or a prompt: a heading, a description and its arguments. */
export function formatEntry(entry: Entry, rows: readonly string[][], screen: Screen): string[] {
    const table = rows.length === 0 ? ['no arguments'] : formatTable(rows, screen.width - INDENT);
    return [...formatHeading(entry, screen), ...table.map(line => ' '.repeat(INDENT) + line)];
}

const INDENT = 4;

/** Formats a heading and a description below it. */
export function formatHeading({ name, title, description = '' }: Entry, screen: Screen): string[] {
    const [first = '', ...more] = indented(toOneLine(title ? `${name} - ${title}` : name), 0, screen.width);
    return [...[first, ...more].map(screen.bold), ...indented(toOneLine(description), INDENT, screen.width)];
}

/** The table cells of one argument. */
export function argumentRow(name: string, type: string, isRequired: boolean, description: string): string[] {
    return [name, type, isRequired ? 'required' : 'optional', description].map(toOneLine);
}

/** Formats the content of a result as text. Content that is not text is described on one line. */
export function formatResult({ content, structuredContent }: CallToolResult): string {
    if (content.length === 0 && structuredContent) return formatJson(structuredContent);
    return content.map(formatContent).join('\n');
}

/** Formats one piece of content as text, or describes it on one line. */
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
