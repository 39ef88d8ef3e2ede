import type { ConnectionState } from '@calc/transport/client';
import type { Trace } from '../connection/trace.ts';
import { type Io, plain } from './io.ts';
import { createScreen, ERASE } from './screen.ts';

/**
 * Tells of drops, and of how they ended: each in a line of `--trace`, else on a terminal in one quiet line, and nowhere
 * else. Of the attempts in between only the trace tells.
 */
export function createNotices(
    io: Io,
    { trace, isQuiet }: { trace: Trace | undefined; isQuiet: boolean }
): (state: ConnectionState) => void {
    const { err = plain } = io;
    const { dim } = createScreen(err);
    let isDown = false;
    return state => {
        const wasDown = isDown;
        isDown = state.name === 'dropped';
        const text = describe(state);
        if (text === undefined) return;
        if (trace) trace.note(text);
        // A line of progress may stand where this one goes. By way of io, whose stderr the shell changes.
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
