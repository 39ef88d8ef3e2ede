import { z } from 'zod';
import { CliError } from '../errors/cli-error.ts';
import { describeInvalid } from '../errors/invalid-result.ts';
import type { Connection } from './connection.ts';

/** Limits of one list, over all its pages. */
const MAX_PAGES = 1000;
const MAX_ITEMS = 100_000;

/** Longest part of a server's text in an error, in characters. */
const SHOWN = 60;

/** What a server lists. */
export interface Listed<Item> {
    items: Item[];
    /** Entries that are invalid in MCP. */
    leftOut: LeftOut[];
}

export interface LeftOut {
    /** What kind of entry it is, such as `tool`. */
    kind: string;
    /** Its name, or its number in the list if it has no name. */
    name: string;
    reason: string;
}

/** A kind of list: how to request it, and how to check its entries. */
export interface List<Item> {
    method: string;
    kind: string;
    entry: { safeParse(value: unknown): { success: true; data: Item } | { success: false; error: Error } };
}

const pageSchema = z.looseObject({ nextCursor: z.string().nullish() });

/**
 * Requests all pages of a list (MCP, Pagination). Each entry is checked separately, so an invalid one does not hide the
 * others.
 *
 * @param member the member of the result that has the entries.
 * @throws {CliError} with code `tool-error` if the list does not end or exceeds the limits.
 */
export async function listPages<Item>(
    { request }: Connection,
    member: string,
    { method, kind, entry }: List<Item>
): Promise<Listed<Item>> {
    const listed: Listed<Item> = { items: [], leftOut: [] };
    const cursors = new Set<string>();
    let cursor: string | undefined;
    let count = 0;
    for (let pages = 0; pages < MAX_PAGES; pages++) {
        const params = cursor === undefined ? {} : { cursor };
        const page = await request(method, (client, options) =>
            client.request({ method, params }, pageSchema, options)
        );
        const entries = page[member];
        if (!Array.isArray(entries))
            throw fail(`the result of ${method} does not fit the protocol: ${member} is not a list`);
        for (const value of entries) {
            if (++count > MAX_ITEMS) throw fail(`${method} has more than ${MAX_ITEMS} entries, which is the limit`);
            const parsed = entry.safeParse(value);
            if (parsed.success) {
                listed.items.push(parsed.data);
            } else {
                const reason = describeInvalid(parsed.error) ?? 'invalid';
                listed.leftOut.push({ kind, name: nameOf(value, count), reason });
            }
        }
        cursor = page.nextCursor ?? undefined;
        if (cursor === undefined) return listed;
        if (cursors.has(cursor)) {
            const shown = JSON.stringify(cursor.slice(0, SHOWN));
            throw fail(`${method} does not end: the server gave the cursor ${shown} twice`);
        }
        cursors.add(cursor);
    }
    throw fail(`${method} does not end within ${MAX_PAGES} pages`);
}

function nameOf(value: unknown, number: number): string {
    const { name } = Object(value);
    return typeof name === 'string' ? JSON.stringify(name.slice(0, SHOWN)) : `number ${number}`;
}

function fail(message: string): CliError {
    return new CliError('tool-error', message);
}
