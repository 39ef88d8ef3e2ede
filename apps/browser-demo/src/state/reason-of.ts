import type { Message } from '../i18n/i18n.ts';
import { PageError } from '../i18n/page-error.ts';

/** What an error says to people at the page. */
export function reasonOf(error: unknown): Message | string {
    if (error instanceof PageError) return error.text;
    return error instanceof Error ? error.message : String(error);
}
