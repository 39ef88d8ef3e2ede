import { pino } from 'pino';
import { build as pretty } from 'pino-pretty';
import type { Config } from '../config.ts';
import { stderrBuffer } from './line-buffer.ts';

/** What the app needs of a logger. */
export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug'>;

const STDERR = 2;

/** Logs to standard error, which leaves standard output to people: pretty on a terminal, else one JSON object a line. */
export function createLog({ level, format }: Config['log']): Log {
    const isPretty = (format ?? (process.stderr.isTTY ? 'pretty' : 'json')) === 'pretty';
    const options: pino.LoggerOptions = {
        level,
        base: null,
        timestamp: createTimestamp(),
        formatters: { level: label => ({ level: label }) },
        // No line has them as it is; this is for the line that somebody adds. A pattern such as `*.token` would
        // make every line twice as dear.
        redact: ['token', 'authorization', 'cookie', 'sessionId', 'headers']
    };
    return pino(options, isPretty ? pretty({ destination: STDERR, sync: true }) : stderrBuffer());
}

/** The time as people read it. Under load many lines fall into one millisecond, and share its text. */
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

/** As much of a session id as tells sessions apart, and opens none. */
export function shorten(sessionId: string): string {
    return sessionId.slice(0, 8);
}
