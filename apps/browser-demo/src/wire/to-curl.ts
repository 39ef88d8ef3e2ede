import { headersOf } from './headers.ts';
import type { WireEntry } from './wire-entry.ts';

/**
 * A command for a POSIX shell that sends the same request; undefined if the entry is not a request. It contains the
 * session id, so anyone with the command can send messages in the session. It does not contain the sign-in cookie,
 * which scripts cannot read.
 */
export function toCurl(entry: WireEntry): string | undefined {
    const [request] = headersOf(entry);
    const headers = request?.fields.flatMap(([name, value]) => ['-H', `${toTitle(name)}: ${value}`]) ?? [];
    if (entry.kind === 'connecting' || entry.kind === 'reconnecting') return join('curl', '-N', ...headers, entry.url);
    if (entry.kind !== 'post') return undefined;
    if (entry.method === 'DELETE') return join('curl', '-X', 'DELETE', ...headers, entry.url);
    // Not -d, which reads a file if the text begins with @.
    return join('curl', ...headers, '--data-raw', entry.body, entry.url);
}

/** A name as people write it, such as `Content-Type`. */
function toTitle(name: string): string {
    return name === 'last-event-id' ? 'Last-Event-ID' : name.replace(/\b[a-z]/g, letter => letter.toUpperCase());
}

function join(...words: string[]): string {
    return words.map(quote).join(' ');
}

/** Within single quotes, a shell treats only the single quote specially. */
function quote(word: string): string {
    return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
