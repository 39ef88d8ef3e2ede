import type { Text } from './text.ts';

/** A report shows three lines of what came; the first says that the process ended. */
const MAX_LINES = 2;

/** The end of an error's name as node and Python print it, such as `TypeError [ERR_X]` or `httpx.ConnectError`. */
const NAME = String.raw`(?:Error|Exception)(?: \[\w+\])?`;

/** The line that names an uncaught error, such as `KeyError: 1`. Lines of its cause, and lines of code, are indented. */
const ERROR = new RegExp(`^[\\w.]*${NAME}(?:: .*)?$`, 'm');

/** An error in a line of a log. */
const LOGGED = new RegExp(`^.*${NAME}:.*$`, 'm');

/** Frames outside the learner's code, empty lines, and the line about the version of Node say nothing to a learner. */
const NOISE = /^\s*(?:at .*(?:node_modules|node:|\(<anonymous>\))|Node\.js v|\^|$)/;

/** For a report on why a process ended: the last error that it printed and what follows, or the end of what it printed. */
export function lastWords(output: string): string {
    const telling = output.split('\n').filter(line => !NOISE.test(line));
    const error = telling.findLastIndex(line => ERROR.test(line));
    return (error === -1 ? telling.slice(-MAX_LINES) : telling.slice(error, error + MAX_LINES)).join('\n');
}

/** The first error in what a program printed that still runs; undefined if there is none. */
export function findError(output = ''): string | undefined {
    return (ERROR.exec(output) ?? LOGGED.exec(output))?.[0].trim();
}

/** Errors that end a server of node, and what to do then. */
const ENDS: [RegExp, Text][] = [
    [
        /ERR_STREAM_WRITE_AFTER_END/,
        {
            en: 'The server wrote to a response that had ended, such as that of the POST. Write the reply to the stream of the session: stream.write(…).',
            fr: 'Le serveur a écrit dans une réponse HTTP déjà terminée, comme celle du POST. Écrivez la réponse sur le flux de la session : stream.write(…).'
        }
    ]
];

/** What to do about the error that a process ended with; undefined if only its last words can say it. */
export function adviseOnEnd(output: string): Text | undefined {
    return ENDS.find(([pattern]) => pattern.test(output))?.[1];
}
