import { run } from '../src/cli.ts';

export interface Outcome {
    code: number;
    stdout: string;
    stderr: string;
}

/** Runs one command line in this process. */
export async function runClient(argv: string[], signal: AbortSignal = new AbortController().signal): Promise<Outcome> {
    const outcome = { code: -1, stdout: '', stderr: '' };
    outcome.code = await run(argv, {
        stdout: text => {
            outcome.stdout += text;
        },
        stderr: text => {
            outcome.stderr += text;
        },
        signal
    });
    return outcome;
}
