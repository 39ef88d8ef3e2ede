import { isRecord, textOr } from '../json-rpc.ts';
import { base64Length } from './base64-length.ts';
import { parseContents, type ResourceContents } from './resources.ts';

/** A block of content in the result of a tool or in the message of a prompt. */
export type Content =
    | { kind: 'text'; text: string }
    /** An image or a sound; `bytes` is the decoded size. */
    | { kind: 'blob'; mimeType: string; bytes: number }
    | { kind: 'link'; uri: string; title: string; description: string; mimeType: string }
    | { kind: 'resource'; contents: ResourceContents }
    /** A block of a type that this page does not know. */
    | { kind: 'other'; value: unknown };

export function parseContent(block: unknown): Content {
    if (!isRecord(block)) return { kind: 'other', value: block };
    const { type, text, mimeType, data, uri, name, title, description, resource } = block;
    if (type === 'text' && typeof text === 'string') return { kind: 'text', text };
    if ((type === 'image' || type === 'audio') && typeof data === 'string') {
        return { kind: 'blob', mimeType: textOr(mimeType), bytes: base64Length(data) };
    }
    if (type === 'resource_link' && typeof uri === 'string') {
        const words = {
            title: textOr(title, textOr(name, uri)),
            description: textOr(description),
            mimeType: textOr(mimeType)
        };
        return { kind: 'link', uri, ...words };
    }
    const contents = type === 'resource' ? parseContents(resource) : undefined;
    return contents ? { kind: 'resource', contents } : { kind: 'other', value: block };
}
