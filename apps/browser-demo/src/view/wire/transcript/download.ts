/** How long a browser may take to start a download, in milliseconds. */
const BEGINS_WITHIN = 60_000;

/** Downloads a text as a file. */
export function download(name: string, text: string): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), BEGINS_WITHIN);
}
