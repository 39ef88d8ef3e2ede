/** So long a browser may take to begin with a download, in milliseconds. */
const BEGINS_WITHIN = 60_000;

/** Hands a text to the user as a file of that name. */
export function download(name: string, text: string): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), BEGINS_WITHIN);
}
