/** Copies a text; `false` if the browser does not let the page, as where it came over plain HTTP. */
export async function copyText(text: string, clipboard: Pick<Clipboard, 'writeText'> | undefined): Promise<boolean> {
    try {
        await clipboard?.writeText(text);
        return clipboard !== undefined;
    } catch {
        return false;
    }
}
