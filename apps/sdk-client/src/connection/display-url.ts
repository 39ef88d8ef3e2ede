import { nameOf } from '@calc/transport/client';

/** An address as it may be shown: a query may carry a key or a session. */
export function displayUrl(url: URL): string {
    return nameOf(url) + (url.search && '?…');
}
