import type { WireEntry } from './wire-entry.ts';

/**
 * A command for a POSIX shell that sends what the entry sent; undefined for what sent nothing. It names the session
 * and so lets whoever has it speak in it. A sign-in's cookie is not in it, as no script can read that.
 */
export function toCurl(entry: WireEntry): string | undefined {
    if (entry.kind === 'connecting') return join('curl', '-N', '-H', 'Accept: text/event-stream', entry.url);
    if (entry.kind !== 'post') return undefined;
    const { authorization, idempotencyKey, body, url } = entry;
    const credential = authorization === undefined ? [] : ['-H', `Authorization: ${authorization}`];
    const mark = idempotencyKey === undefined ? [] : ['-H', `Idempotency-Key: ${idempotencyKey}`];
    // Not -d, which reads a file where the text begins with @.
    return join('curl', '-H', 'Content-Type: application/json', ...credential, ...mark, '--data-raw', body, url);
}

function join(...words: string[]): string {
    return words.map(quote).join(' ');
}

/** Within single quotes a shell reads everything as it stands, but a single quote. */
function quote(word: string): string {
    return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
