import { pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { Config } from '../config/config.ts';
import { writeLine } from './stderr.ts';

/** What the app needs of a logger. */
export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug'>;

/** Logs to standard error, which leaves standard output to people: pretty on a terminal, else one JSON object a line. */
export function createLog({ level, format }: Config['log']): Log {
    const isPretty = (format ?? (process.stderr.isTTY ? 'pretty' : 'json')) === 'pretty';
    const options: pino.LoggerOptions = {
        level,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: label => ({ level: label }) },
        // No line has them as it is; this is for the line that somebody adds. A pattern such as `*.token` would
        // make every line twice as dear.
        redact: ['token', 'authorization', 'cookie', 'sessionId', 'headers']
    };
    if (!isPretty) return pino(options, { write: writeLine });
    const prettify = prettyFactory({ colorize: process.stderr.hasColors?.() ?? false });
    return pino(options, { write: line => writeLine(prettify(line)) });
}

/** As much of a session id as tells sessions apart, and opens none. */
export function shorten(sessionId: string): string {
    return sessionId.slice(0, 8);
}
