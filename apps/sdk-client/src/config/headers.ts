import { usageError } from '../errors/cli-error.ts';

/** One header of a request. */
export interface Header {
    name: string;
    value: string;
}

/**
 * Parses `Name: value`. Errors do not include the value, which may be a secret.
 *
 * @param source where the header is, for errors.
 * @throws {CliError} with code `usage`.
 */
export function parseHeader(text: string, source: string): Header {
    const colon = text.indexOf(':');
    if (colon === -1) throw usageError(`${source} must be written Name: value`);
    return checkHeader({ name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() }, source);
}

/** @throws {CliError} with code `usage` if HTTP does not allow the header (RFC 9110, sections 5.1 and 5.5). */
export function checkHeader(header: Header, source: string): Header {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(header.name)) {
        throw usageError(`${source} must begin with a header name, such as Authorization`);
    }
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(header.value)) {
        throw usageError(`${source}: the value of ${header.name} contains characters that are not allowed in a header`);
    }
    return header;
}

/** Parses a file with one header a line. Empty lines and lines that begin with # are ignored. */
export function parseHeaderFile(text: string, file: string): Header[] {
    return text.split(/\r?\n/).flatMap((line, index) => {
        const isIgnored = line.trim() === '' || line.trimStart().startsWith('#');
        return isIgnored ? [] : [parseHeader(line, `line ${index + 1} of ${file}`)];
    });
}
