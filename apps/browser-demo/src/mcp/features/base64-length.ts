/** How many bytes a base64 text stands for, without decoding it. */
export function base64Length(text: string): number {
    return Math.floor((text.replace(/[\s=]/g, '').length * 3) / 4);
}
