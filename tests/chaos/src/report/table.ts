import type { Outcome } from '../promises/promise.ts';

/** The promises, in the words of the table. */
const promises = {
    P1: 'No stickiness: requests of a session may go to any process',
    P2: '202 only for what will be handled; 404 at once for a session that is gone',
    P3: 'A killed process that has the stream: each accepted request gets one reply; clients are back within 3 s (p99)',
    P4: 'A killed process that runs the call: run again if the tool allows it, else an error; never silence',
    P5: 'No silent gap: trimmed, emptied and restored logs are noticed',
    P6: 'Event ids increase and none comes twice, whichever process writes',
    P7: 'A foreign, forged, future or malformed Last-Event-ID brings nothing, for little work',
    P8: 'Redis away: 503 for new work, streams stay open, `/ready` says why, and all works again after that',
    P9: 'At most 3 connections to Redis a process; bounded memory; no key stays',
    P10: 'SIGTERM hands sessions over, with jitter; a process that was stopped and wakes sends nothing'
} as const;

export type PromiseName = keyof typeof promises;
export type Outcomes = Partial<Record<PromiseName, Outcome>>;

const promiseNames = Object.keys(promises) as PromiseName[];

/** One line for each promise, for a terminal. */
export function toText(outcomes: Outcomes): string {
    return promiseNames
        .flatMap(name => {
            const outcome = outcomes[name];
            return outcome ? [`${name.padEnd(4)}${outcome.verdict.padEnd(15)} ${outcome.measured}`] : [];
        })
        .join('\n');
}

/** The same as a table of Markdown. */
export function toMarkdown(outcomes: Outcomes): string {
    const rows = promiseNames.flatMap(name => {
        const outcome = outcomes[name];
        return outcome
            ? [`| ${name} | ${promises[name]} | **${outcome.verdict}** | ${outcome.measured.replaceAll('|', '\\|')} |`]
            : [];
    });
    return ['| | promise | | measured |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** The page has no place for the table. */
export class PageError extends Error {
    override name = 'PageError';
}

/** The page with a text between the markers of that name. @throws {PageError} if the page has no such markers. */
export function replaceSection(page: string, name: string, text: string): string {
    const begin = `<!-- ${name}: begin -->`;
    const end = `<!-- ${name}: end -->`;
    const [from, to] = [page.indexOf(begin), page.indexOf(end)];
    if (from === -1 || to < from) throw new PageError(`The page needs ${begin} and, after it, ${end}`);
    return `${page.slice(0, from)}${begin}\n${text}\n${page.slice(to)}`;
}
