import type { Progress } from '@modelcontextprotocol/sdk/types.js';
import { type Io, plain } from './io.ts';
import { ERASE, toOneLine } from './screen.ts';
import { formatTable } from './table.ts';

/** Width of the bar in characters. */
const BAR = 20;

/**
 * Creates a line on stderr that shows the progress of a call; undefined if stderr is not a terminal. The spinner of the
 * prompt library is not used because it reads the terminal's input and exits at Ctrl-C, before the call is cancelled.
 */
export function createProgressLine({ stderr, err = plain }: Io) {
    if (!err.isTerminal) return undefined;
    let isShown = false;
    return {
        show({ progress, total, message = '' }: Progress) {
            const count = total ? `${drawBar(progress / total)} ${progress}/${total}` : String(progress);
            // The last column stays empty, because some terminals start a new line after it.
            const [line = ''] = formatTable([[toOneLine(`${count} ${message}`)]], (err.columns ?? 80) - 1);
            stderr(ERASE + line);
            isShown = true;
        },
        /** Erases the line. */
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
