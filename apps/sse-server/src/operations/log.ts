import { pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { Config } from '../config/config.ts';
import { writeLine } from './stderr.ts';

/** The part of a logger that the app uses. */
export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug'>;

/** Logs to standard error, in colours on a terminal, else as one JSON object a line. Standard output is for people. */
export function createLog({ level, format, worker }: Config['log']): Log {
    const isPretty = (format ?? (process.stderr.isTTY ? 'pretty' : 'json')) === 'pretty';
    const options: pino.LoggerOptions = {
        level,
        base: worker === undefined ? null : { worker },
        timestamp: createTimestamp(),
        formatters: { level: label => ({ level: label }) },
        // No line has these keys today; this protects lines that are added later. A pattern such as `*.token` would
        // double the cost of every line.
        redact: ['token', 'authorization', 'cookie', 'sessionId', 'headers']
    };
    if (!isPretty) return pino(options, { write: writeLine });
    const prettify = prettyFactory({ colorize: process.stderr.hasColors?.() ?? false });
    return pino(options, { write: line => writeLine(prettify(line)) });
}

/** The time of a line as ISO 8601. Lines of one millisecond share its text: pino's `isoTime` takes 2 % of a call's CPU. */
function createTimestamp(): () => string {
    let now = 0;
    let text = '';
    return () => {
        if (now !== Date.now()) {
            now = Date.now();
            text = `,"time":"${new Date(now).toISOString()}"`;
        }
        return text;
    };
}

/** The first characters of a session id: enough to tell sessions apart, not enough to use one. */
export function shorten(sessionId: string): string {
    return sessionId.slice(0, 8);
}
