/** The decoded size of a base64 text in bytes, without decoding it. */
export function base64Length(text: string): number {
    return Math.floor((text.replace(/[\s=]/g, '').length * 3) / 4);
}
