import type { Progress } from '@modelcontextprotocol/sdk/types.js';
import { type Io, plain } from './io.ts';
import { ERASE, toOneLine } from './screen.ts';
import { formatTable } from './table.ts';

/** A line on stderr that says how far a call is. */
export interface ProgressLine {
    show(progress: Progress): void;
    /** Takes the line away. */
    clear(): void;
}

/** Characters of the bar. */
const BAR = 20;

/**
 * A line of its own and not the spinner of the prompt library, which takes the terminal's input over and makes Ctrl-C
 * end the process before the call is cancelled. Undefined where stderr is no terminal.
 */
export function createProgressLine({ stderr, err = plain }: Io): ProgressLine | undefined {
    if (!err.isTerminal) return undefined;
    let isShown = false;
    return {
        show({ progress, total, message = '' }) {
            const count = total ? `${drawBar(progress / total)} ${progress}/${total}` : String(progress);
            // One column less than there are, since some terminals begin a new line after the last.
            const [line = ''] = formatTable([[toOneLine(`${count} ${message}`)]], (err.columns ?? 80) - 1);
            stderr(ERASE + line);
            isShown = true;
        },
        clear() {
            if (isShown) stderr(ERASE);
            isShown = false;
        }
    };
}

function drawBar(share: number): string {
    const full = Math.round(BAR * Math.min(1, Math.max(0, share)));
    return `[${'#'.repeat(full)}${'-'.repeat(BAR - full)}]`;
}
