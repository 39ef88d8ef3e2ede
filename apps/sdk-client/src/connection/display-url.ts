import { nameOf } from '@calc/transport/client';

/** Formats a URL for messages. It hides the query, which may carry a key or a session id. */
export function displayUrl(url: URL): string {
    return nameOf(url) + (url.search && '?…');
}
