import { run } from './cli.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
        // A second signal ends the process at once.
        if (interruption.signal.aborted) process.exit(1);
        interruption.abort();
    });
}

// A reader such as `head` may close the pipe early. That is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
});

process.exitCode = await run(process.argv.slice(2), {
    print: text => void process.stdout.write(`${text}\n`),
    printError: text => void process.stderr.write(`${text}\n`),
    env: process.env,
    signal: interruption.signal,
    keyboard: process.stdin.isTTY && process.stdout.isTTY ? process.stdin : undefined
});
