import { isUtf8 } from 'node:buffer';

/** The value of a JSON text; undefined if the text is not JSON, or its bytes are not UTF-8 (RFC 8259, section 8.1). */
export function parseJson(text: string, bytes: Buffer): unknown {
    // Decoding replaces bytes that are not UTF-8 by this character. Without the character, the bytes need no check.
    if (text.includes('\uFFFD') && !isUtf8(bytes)) return undefined;
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
