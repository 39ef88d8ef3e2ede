import { message } from '../i18n/i18n.ts';
import { PageError } from '../i18n/page-error.ts';
import * as say from '../i18n/texts.ts';
import { withReason } from '../mcp/json-rpc.ts';

/** What requests to the server of this page need, besides the protocol. */
export interface ServerOptions {
    /** The absolute address of the page, including its path prefix. */
    url: string;
    fetch: typeof globalThis.fetch;
}

export interface ServerAnswer {
    response: Response;
    text: string;
}

/** A request that POSTs `body` as JSON. */
export function toPost(body: object): RequestInit {
    return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** @throws {PageError} `unreachable` */
export async function askServer(
    { url, fetch }: ServerOptions,
    route: string,
    init?: RequestInit
): Promise<ServerAnswer> {
    try {
        const response = await fetch(new URL(route, url), init);
        return { response, text: await response.text() };
    } catch (cause) {
        throw new PageError('unreachable', message(say.error.unreachable), { cause });
    }
}

/** Throws `refused` if the status is not 2xx. */
export function assertDone({ response: { ok, status }, text }: ServerAnswer): void {
    if (!ok) throw new PageError('refused', message(say.error.refused, { status: withReason(status, text) }));
}
