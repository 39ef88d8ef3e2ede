import { type PromiseName, promiseNames, promises } from '../promises/list.ts';
import type { Outcome } from '../promises/promise.ts';

export type Outcomes = Partial<Record<PromiseName, Outcome>>;

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
