import type { Text } from '../text.ts';
import type { ClientRun } from './client-attempt.ts';

/** Most lines of output that a failure shows. */
const MAX_LINES = 2;

/** How the run ended, and the last lines that it printed, without the frames of a stack trace. */
export function showRun({ exitCode, stopped, output }: Pick<ClientRun, 'exitCode' | 'stopped' | 'output'>): Text {
    const lines = output.split(/\r?\n/).filter(line => line.trim() !== '' && !/^(\s+at |Node\.js v|\s*\^)/.test(line));
    // Node prints what an error has besides its message after it.
    const error = lines.find(line => /^\w*Error\b/.test(line));
    const printed = error ?? lines.slice(-MAX_LINES).join('\n');
    const en = stopped ? 'did not end; the check stopped it' : `exit code ${exitCode}`;
    const fr = stopped ? "ne s'est pas arrêté ; la vérification l'a arrêté" : `code de sortie ${exitCode}`;
    if (printed === '') return { en: `${en}, printed nothing`, fr: `${fr}, rien n'a été affiché` };
    return { en: `${en}, printed:\n${printed}`, fr: `${fr}, affiché :\n${printed}` };
}

/** What the server saw of the run, one request a line. */
export function showSeen({ server }: ClientRun): Text {
    if (server.seen.length > 0) return { en: server.seen.join('\n'), fr: server.seen.join('\n') };
    return { en: 'no request', fr: 'aucune requête' };
}

/**
 * One line of standard output, where else the expected line is, and how the run ended.
 *
 * @param index 0 is the line of the tools; the lines of the calls follow.
 */
export function showLine({ lines, exitCode, stopped, output }: ClientRun, index: number, expected?: string): Text {
    const isOnError = expected !== undefined && output.includes(expected) && !lines.includes(expected);
    const line = lines[index];
    if (line === undefined && !isOnError) return showRun({ exitCode, stopped, output });
    const shown = [
        ...(line === undefined ? [] : [{ en: `line ${index + 1}: ${line}`, fr: `ligne ${index + 1} : ${line}` }]),
        ...(isOnError ? [{ en: `standard error: ${expected}`, fr: `sortie d'erreur : ${expected}` }] : []),
        { en: `exit code ${exitCode}`, fr: `code de sortie ${exitCode}` }
    ];
    return { en: shown.map(({ en }) => en).join('\n'), fr: shown.map(({ fr }) => fr).join('\n') };
}
