/** The value stored under a name; empty if there is none. */
export function readStored(name: string): string {
    try {
        return localStorage.getItem(name) ?? '';
    } catch {
        return '';
    }
}

/** Stores a value under a name for the next visit. The page also works if the browser does not allow storage. */
export function store(name: string, value: string): void {
    try {
        localStorage.setItem(name, value);
    } catch {}
}
