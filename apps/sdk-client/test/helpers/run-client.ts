import { run } from '../../src/cli.ts';
import type { Io } from '../../src/output/io.ts';

export interface Outcome {
    code: number;
    stdout: string;
    stderr: string;
}

/** Runs one command line in this process; `outside` takes the place of a pipe, and of a standard input without a text. */
export async function runClient(argv: string[], outside: Partial<Io> = {}): Promise<Outcome> {
    const outcome = { code: -1, stdout: '', stderr: '' };
    outcome.code = await run(argv, {
        stdout: data => {
            outcome.stdout += Buffer.from(data).toString();
        },
        stderr: text => {
            outcome.stderr += text;
        },
        signal: new AbortController().signal,
        readInput: async () => '',
        ...outside
    });
    return outcome;
}
