import { isRecord, textOr, toWords } from '../json-rpc.ts';
import { badReply } from '../mcp-session-error.ts';
import { base64Length } from './base64-length.ts';
import { type Described, type Listed, parseDescribed, requiredText } from './list-all.ts';

/** A resource as `resources/list` describes it. */
export interface ResourceDescription extends Described {
    uri: string;
    /** Empty if the server does not send one. */
    mimeType: string;
    /** False if the server says that this resource never changes. */
    isSubscribable: boolean;
}

/** A resource template as `resources/templates/list` describes it. */
export interface ResourceTemplate extends Described {
    /** RFC 6570. */
    uriTemplate: string;
    mimeType: string;
}

/** The contents of a resource, or of a part of it. */
export interface ResourceContents {
    uri: string;
    mimeType: string;
    body: { kind: 'text'; text: string } | { kind: 'blob'; bytes: number };
}

/** MCP declares for the whole server whether clients can subscribe. This server says it of each resource in `_meta`. */
const SUBSCRIBABLE = 'mcp-calculator/subscribable';

export const RESOURCES: Listed<ResourceDescription> = {
    method: 'resources/list',
    member: 'resources',
    parse: resource => ({
        uri: requiredText(resource, 'uri', 'resources/list'),
        ...parseDescribed(resource, 'resources/list'),
        mimeType: textOr(resource.mimeType),
        isSubscribable: !isRecord(resource._meta) || resource._meta[SUBSCRIBABLE] !== false
    })
};

export const RESOURCE_TEMPLATES: Listed<ResourceTemplate> = {
    method: 'resources/templates/list',
    member: 'resourceTemplates',
    parse: template => ({
        uriTemplate: requiredText(template, 'uriTemplate', 'resources/templates/list'),
        ...parseDescribed(template, 'resources/templates/list'),
        mimeType: textOr(template.mimeType)
    })
};

/** @throws {McpSessionError} `bad-reply` */
export function parseReadResult(result: unknown): ResourceContents[] {
    if (!isRecord(result) || !Array.isArray(result.contents)) throw badReply('resources/read', 'contents');
    return result.contents.map(part => {
        const contents = parseContents(part);
        if (!contents) throw badReply('resources/read', 'text, blob');
        return contents;
    });
}

/** Undefined if it has neither text nor a blob. */
export function parseContents(part: unknown): ResourceContents | undefined {
    if (!isRecord(part)) return undefined;
    const { uri, mimeType, text, blob } = part;
    const head = { uri: toWords(uri), mimeType: textOr(mimeType) };
    if (typeof text === 'string') return { ...head, body: { kind: 'text', text } };
    if (typeof blob === 'string') return { ...head, body: { kind: 'blob', bytes: base64Length(blob) } };
    return undefined;
}
