import { Console } from 'node:console';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { run } from './cli.ts';
import { findMisspelt } from './config/misspelt-variables.ts';
import { displayOf } from './output/io.ts';
import { toTerminal } from './output/screen.ts';

// `npm run dev -w apps/sdk-client` prints the help at each save;
// `npm run dev -w apps/sdk-client -- call add a=2 b=3` runs that command at each save.

const interruption = new AbortController();
let received: NodeJS.Signals | undefined;
// Each ends the session at the server too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
        // A second signal ends the process at once.
        if (received) process.exit(exitCodeOf(received));
        received = signal;
        interruption.abort('interrupted by the user');
    });
}

/** As shells have it. */
function exitCodeOf(signal: NodeJS.Signals): number {
    return 128 + constants.signals[signal];
}

// Libraries warn of what a server sent; they write where the client's own lines go, and through the same filter.
globalThis.console = new Console(
    new Writable({
        decodeStrings: false,
        write(text, _encoding, done) {
            process.stderr.write(toTerminal(String(text)));
            done();
        }
    })
);

// A reader such as `head` may have seen enough: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    console.error(`cannot write the answer: ${error.message}`);
    process.exit(1);
});

// Nobody reads the progress or the trace; that leaves the answer and the exit code as they are.
process.stderr.on('error', () => {});

for (const sentence of findMisspelt(process.env)) process.stderr.write(`${sentence}\n`);

// Whoever is asked has to see the question, and to have a keyboard.
const canAsk = process.stdin.isTTY && process.stderr.isTTY;

const code = await run(process.argv.slice(2), {
    stdout: data => void process.stdout.write(data),
    stderr: line => void process.stderr.write(line),
    signal: interruption.signal,
    readInput: () => text(process.stdin),
    readLines: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
    out: displayOf(process.stdout, process.env),
    err: displayOf(process.stderr, process.env),
    terminal: canAsk ? { input: process.stdin, output: process.stderr } : undefined
});

// A pipe takes all of the output first.
for (const stream of [process.stdout, process.stderr]) await new Promise(resolve => stream.write('', resolve));
// An input that nobody ended would keep the process alive, and so would the SDK: of several streams that broke off it
// forgets the timers of all but one, and a server may have set those to minutes.
process.exit(received && code === 130 ? exitCodeOf(received) : code);
