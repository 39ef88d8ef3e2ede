import { message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { isRecord, textOr } from '../json-rpc.ts';
import { badReply, McpSessionError } from '../mcp-session-error.ts';
import type { Request } from '../session/mcp-session.ts';

/** A kind of item that servers list page by page. */
export interface Listed<Item> {
    method: string;
    /** The member of the result that has the items. */
    member: string;
    /** @throws {McpSessionError} `bad-reply` */
    parse(item: Record<string, unknown>): Item;
}

const MAX_PAGES = 100;
/** More cards would freeze the page. */
const MAX_ITEMS = 5000;

/**
 * All items, from up to 100 pages. Invalid items are left out, so that the others are still shown.
 *
 * @throws {McpSessionError} also if every item is invalid, or if there are more than 5,000.
 */
export async function listAll<Item>(request: Request, { method, member, parse }: Listed<Item>): Promise<Item[]> {
    const items: Item[] = [];
    const cursors = new Set<string>();
    let cursor: string | undefined;
    let failure: unknown;
    do {
        const page = await request(method, cursor === undefined ? undefined : { cursor });
        const listed = isRecord(page) ? page[member] : undefined;
        if (!isRecord(page) || !Array.isArray(listed)) throw badReply(method, member);
        for (const item of listed) {
            try {
                items.push(parse(isRecord(item) ? item : {}));
            } catch (error) {
                failure ??= error;
            }
        }
        cursor = typeof page.nextCursor === 'string' && page.nextCursor !== '' ? page.nextCursor : undefined;
        // A server that repeats a cursor, or always has a next page, must not keep the page busy.
        const isEndless = cursor !== undefined && (cursors.has(cursor) || cursors.add(cursor).size === MAX_PAGES);
        if (isEndless || items.length > MAX_ITEMS) {
            throw new McpSessionError('bad-reply', message(say.error.endlessList, { method }));
        }
    } while (cursor !== undefined);
    if (failure !== undefined && items.length === 0) throw failure;
    return items;
}

/** What every kind of item has. */
export interface Described {
    name: string;
    /** Equal to `name` if the server sends no title. */
    title: string;
    description: string;
}

/** @throws {McpSessionError} `bad-reply` if the item has no name. */
export function parseDescribed(item: Record<string, unknown>, method: string): Described {
    const name = requiredText(item, 'name', method);
    return { name, title: textOr(item.title, name), description: textOr(item.description) };
}

/** @throws {McpSessionError} `bad-reply` if the item of `method` lacks the member. */
export function requiredText(item: Record<string, unknown>, member: string, method: string): string {
    const value = item[member];
    if (typeof value !== 'string') throw badReply(method, member);
    return value;
}
