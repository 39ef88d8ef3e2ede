/** Copies a text. Returns `false` if the browser does not allow it, for example over plain HTTP. */
export async function copyText(text: string, clipboard: Pick<Clipboard, 'writeText'> | undefined): Promise<boolean> {
    try {
        await clipboard?.writeText(text);
        return clipboard !== undefined;
    } catch {
        return false;
    }
}
