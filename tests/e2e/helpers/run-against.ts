import { type Io, run } from '@calc/sdk-client';
import type { HostileServer } from '@calc/test-helpers';

/** What one command line printed, its exit code, and what it asked for. */
export interface Outcome {
    code: number;
    stdout: string;
    stderr: string;
}

/** Runs one command line against a server, in this process. */
export async function runAgainst(server: HostileServer, argv: string[], outside: Partial<Io> = {}): Promise<Outcome> {
    const outcome = { code: -1, stdout: '', stderr: '' };
    outcome.code = await run([...argv, '--url', server.address, '--transport', server.way], {
        stdout: data => {
            outcome.stdout += Buffer.from(data).toString();
        },
        stderr: line => {
            outcome.stderr += line;
        },
        signal: new AbortController().signal,
        readInput: async () => '',
        ...outside
    });
    return outcome;
}
