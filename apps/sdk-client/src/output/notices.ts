import type { ConnectionState } from '@calc/transport/client';
import { type Io, plain } from './io.ts';
import { createScreen, ERASE } from './screen.ts';

/**
 * Reports drops of the connection and how they ended: in the trace if there is one, else in a dim line on a terminal. A
 * pipe gets no notice. Repeated attempts to reconnect are shown in the trace only.
 *
 * @param note prints a line of the trace; undefined without `--trace`.
 */
export function createNotices(
    io: Io,
    note: ((text: string) => void) | undefined,
    isQuiet: boolean
): (state: ConnectionState) => void {
    const { err = plain } = io;
    const { dim } = createScreen(err);
    let isDown = false;
    return state => {
        const wasDown = isDown;
        isDown = state.name === 'dropped';
        const text = describe(state);
        if (text === undefined) return;
        if (note) note(text);
        // ERASE removes a progress line. `io.stderr` is read each time because the shell replaces it.
        else if (err.isTerminal && !isQuiet && !(isDown && wasDown)) io.stderr(`${ERASE}${dim(text)}\n`);
    };
}

function describe(state: ConnectionState): string | undefined {
    switch (state.name) {
        case 'dropped': {
            const { retryInMs } = state;
            return `connection dropped, back in ${retryInMs === undefined ? 'a moment' : `${Math.round(retryInMs)} ms`}`;
        }
        case 'resumed':
            return 'connection resumed';
        case 'renewed':
            return 'connection is back, in a new session';
        default:
            return undefined;
    }
}
