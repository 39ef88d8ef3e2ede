/** What was kept under this name for the next visit; empty if nothing was. */
export function readStored(name: string): string {
    try {
        return localStorage.getItem(name) ?? '';
    } catch {
        return '';
    }
}

/** Keeps a value under this name for the next visit. A browser that keeps nothing for this site still shows the page. */
export function store(name: string, value: string): void {
    try {
        localStorage.setItem(name, value);
    } catch {}
}
