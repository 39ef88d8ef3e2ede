import { formatJsonLine } from './format.ts';
import type { Io } from './io.ts';
import { type Screen, toOneLine } from './screen.ts';

/** Where and how a command prints. */
export interface Output {
    io: Io;
    /** Formats text for stdout. */
    screen: Screen;
    json: boolean;
    quiet: boolean;
}

/** Prints a warning to stderr on one line. `--quiet` leaves it out. */
export function warn(message: string, { io, json, quiet }: Output): void {
    if (!quiet) io.stderr(`${json ? formatJsonLine({ warning: { message } }) : toOneLine(message)}\n`);
}
