import { type Io, runOn } from '@calc/sdk-client';

/** Runs a command on a connection, with what it prints as texts. */
export async function runOnPipe(connection: Parameters<typeof runOn>[0], argv: string[]) {
    const texts = { stdout: '', stderr: '' };
    const io: Io = {
        stdout: data => {
            texts.stdout += data;
        },
        stderr: text => {
            texts.stderr += text;
        },
        signal: new AbortController().signal,
        readInput: async () => ''
    };
    return { code: await runOn(connection, argv, io), ...texts };
}
