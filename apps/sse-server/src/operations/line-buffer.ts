import { type DestinationStream, pino } from 'pino';

const STDERR = 2;

let buffer: DestinationStream | undefined;

/**
 * Where lines for standard error go, whoever writes them. Those of one turn of the event loop are handed over together:
 * pino's own stream measures all that it holds once more with every line that it is given.
 */
export function stderrBuffer(): DestinationStream {
    buffer ??= createBuffer();
    return buffer;
}

function createBuffer(): DestinationStream {
    let lines = '';
    const flush = () => {
        if (lines) stream.write(lines);
        lines = '';
    };
    // Before pino's own, which empties the stream.
    process.on('exit', flush);
    const stream = pino.destination({ dest: STDERR, sync: false, minLength: 4096, periodicFlush: 100 });
    return {
        write(line) {
            if (!lines) setImmediate(flush);
            lines += line;
        }
    };
}
