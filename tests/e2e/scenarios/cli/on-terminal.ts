import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientMain, hasTerminals, runInTerminal } from '@calc/test-helpers';
import { onTestFinished, test } from 'vitest';

/** Declares a test that needs a terminal. */
export function inTerminal(sentence: string, run: () => Promise<void>): void {
    test(sentence, async ({ skip }) => {
        skip(!hasTerminals, 'script of util-linux is not installed');
        await run();
    });
}

/** The text that a terminal shows: the screen without control sequences. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
export const visible = (screen: string) => screen.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '').replace(/\r+\n/g, '\n');

/** A folder for the state of a shell, which is removed after the test. */
export function makeState(): string {
    const folder = mkdtempSync(join(tmpdir(), 'state-'));
    // The shell may write its history until its process has ended.
    onTestFinished(() => rm(folder, { recursive: true, maxRetries: 20, retryDelay: 50 }));
    return folder;
}

/** Opens the shell of the client on a terminal. */
export function openShell(url: string, XDG_STATE_HOME = makeState(), options: string[] = []) {
    return runInTerminal(clientMain, ['shell', '--url', url, ...options], { env: { XDG_STATE_HOME } });
}
