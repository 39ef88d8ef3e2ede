import { CliError } from '../errors/cli-error.ts';

/** One header of a request, as a person writes it. */
export interface Header {
    name: string;
    value: string;
}

/**
 * Reads `Name: value`. Errors never repeat the value, which may be a secret.
 *
 * @param source what an error calls the place where it stands.
 * @throws {CliError} with code `usage`.
 */
export function parseHeader(text: string, source: string): Header {
    const colon = text.indexOf(':');
    if (colon === -1) throw new CliError('usage', `${source} must be written Name: value`);
    return checkHeader({ name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() }, source);
}

/** @throws {CliError} with code `usage` if HTTP has no such header (RFC 9110, sections 5.1 and 5.5). */
export function checkHeader(header: Header, source: string): Header {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(header.name)) {
        throw new CliError('usage', `${source} must begin with the name of a header, such as Authorization`);
    }
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(header.value)) {
        throw new CliError('usage', `${source}: the value of ${header.name} has characters that no header can have`);
    }
    return header;
}

/** The headers of a file, one a line; empty lines and those that begin with # say nothing. */
export function parseHeaderFile(text: string, file: string): Header[] {
    return text.split(/\r?\n/).flatMap((line, index) => {
        const isNothing = line.trim() === '' || line.trimStart().startsWith('#');
        return isNothing ? [] : [parseHeader(line, `line ${index + 1} of ${file}`)];
    });
}
