/** A report shows three lines of what came; the first says that the process ended. */
const MAX_LINES = 2;

/** Frames of a stack below its first, empty lines, and the line about the version of Node say nothing to a learner. */
const NOISE = /^\s*(?:at |Node\.js v|$)/;

/** The end of what a process printed, for a report on why it ended. */
export function lastWords(output: string): string {
    const lines = output.trimEnd().split('\n');
    const isFirstFrame = (index: number) => lines[index]?.includes('    at ') && !NOISE.test(lines[index - 1] ?? '');
    const telling = lines.filter((line, index) => !NOISE.test(line) || isFirstFrame(index));
    return telling.slice(-MAX_LINES).join('\n');
}
