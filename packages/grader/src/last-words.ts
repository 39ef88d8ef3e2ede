/** A report shows three lines of what came; the first says that the process ended. */
const MAX_LINES = 2;

/** The line that names an uncaught error, such as `KeyError: 1` or `Error [ERR_X]: why`. Lines of its cause are indented. */
const ERROR = /^\w*(?:Error|Exception)(?: \[\w+\])?: /;

/** Frames of a stack below its first, empty lines, and the line about the version of Node say nothing to a learner. */
const NOISE = /^\s*(?:at |Node\.js v|$)/;

/** For a report on why a process ended: the last error that it printed and what follows, or the end of what it printed. */
export function lastWords(output: string): string {
    const lines = output.trimEnd().split('\n');
    const isFirstFrame = (index: number) => lines[index]?.includes('    at ') && !NOISE.test(lines[index - 1] ?? '');
    const telling = lines.filter((line, index) => !NOISE.test(line) || isFirstFrame(index));
    const error = telling.findLastIndex(line => ERROR.test(line));
    const words = error === -1 ? telling.slice(-MAX_LINES) : telling.slice(error, error + MAX_LINES);
    return words.join('\n');
}
