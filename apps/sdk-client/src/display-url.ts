/** An address as it may be shown: a query may carry a key or a session. */
export function displayUrl({ origin, pathname, search }: URL): string {
    return `${origin}${pathname}${search && '?…'}`;
}
