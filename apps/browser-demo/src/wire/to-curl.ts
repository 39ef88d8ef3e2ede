import type { WireEntry } from './wire-entry.ts';

/**
 * A command for a POSIX shell that sends the same request; undefined if the entry is not a request. It contains the
 * session id, so anyone with the command can send messages in the session. It does not contain the sign-in cookie,
 * which scripts cannot read.
 */
export function toCurl(entry: WireEntry): string | undefined {
    if (entry.kind === 'connecting' || entry.kind === 'reconnecting') {
        const id = 'lastEventId' in entry ? entry.lastEventId : '';
        const resume = id === '' ? [] : ['-H', `Last-Event-ID: ${id}`];
        return join('curl', '-N', '-H', 'Accept: text/event-stream', ...resume, entry.url);
    }
    if (entry.kind !== 'post') return undefined;
    const { authorization, idempotencyKey, body, url } = entry;
    const credential = authorization === undefined ? [] : ['-H', `Authorization: ${authorization}`];
    const mark = idempotencyKey === undefined ? [] : ['-H', `Idempotency-Key: ${idempotencyKey}`];
    // Not -d, which reads a file if the text begins with @.
    return join('curl', '-H', 'Content-Type: application/json', ...credential, ...mark, '--data-raw', body, url);
}

function join(...words: string[]): string {
    return words.map(quote).join(' ');
}

/** Within single quotes, a shell treats only the single quote specially. */
function quote(word: string): string {
    return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
