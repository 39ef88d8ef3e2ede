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
// Each signal also ends the session at the server.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
        // A second signal ends the process at once.
        if (received) process.exit(exitCodeOf(received));
        received = signal;
        interruption.abort('interrupted by the user');
    });
}

/** 128 and the signal's number, as in shells. */
function exitCodeOf(signal: NodeJS.Signals): number {
    return 128 + constants.signals[signal];
}

// Libraries may print what a server sent. Their lines go to stderr too, through the same filter.
globalThis.console = new Console(
    new Writable({
        decodeStrings: false,
        write(text, _encoding, done) {
            process.stderr.write(toTerminal(String(text)));
            done();
        }
    })
);

// A reader such as `head` may close the pipe early. That is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    console.error(`cannot write the answer: ${error.message}`);
    process.exit(1);
});

// Stderr may be closed. The answer and the exit code stay the same.
process.stderr.on('error', () => {});

for (const sentence of findMisspelt(process.env)) process.stderr.write(`${sentence}\n`);

// Questions need a terminal to show them and a keyboard to answer them.
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

// Waits until pipes have taken all of the output.
for (const stream of [process.stdout, process.stderr]) await new Promise(resolve => stream.write('', resolve));
// Without exit(), an open standard input would keep the process alive. So would the SDK: if several streams break, it
// clears the timer of only one, and a server may have set the others to minutes.
process.exit(received && code === 130 ? exitCodeOf(received) : code);
