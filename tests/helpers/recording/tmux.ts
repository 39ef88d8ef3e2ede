import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** How long something may take to be shown, in milliseconds, and how often is looked. */
const PATIENCE_MS = 30_000;
const INTERVAL_MS = 50;

/**
 * Starts a shell in a terminal of this size in tmux, with these variables. It has a tmux server of its own.
 *
 * @throws {Error} if there is no tmux.
 */
export function startTmux(columns: number, rows: number, env: Record<string, string>) {
    const server = ['-L', `recording-${process.pid}`, '-f', '/dev/null'];
    const tmux = (...args: string[]) => {
        try {
            return execFileSync('tmux', [...server, ...args], { encoding: 'utf8' });
        } catch (error) {
            if (error instanceof Error && Reflect.get(error, 'code') !== 'ENOENT') throw error;
            throw new Error('the recording needs tmux, which is not installed here; with apt: apt-get install tmux');
        }
    };
    const variables = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    // The shell that tmux runs this with would not pass a PS1 on.
    tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), ...variables, "PS1='$ ' exec sh");
    return {
        type: (text: string) => void tmux('send-keys', '-l', text),
        /** Presses keys, by the names that tmux has for them. */
        press: (...keys: string[]) => void tmux('send-keys', ...keys),
        /** Waits until the text on the screen matches. */
        async shown(pattern: RegExp) {
            const end = performance.now() + PATIENCE_MS;
            let screen = '';
            while (performance.now() < end) {
                screen = tmux('capture-pane', '-p');
                if (pattern.test(screen)) return;
                await delay(INTERVAL_MS);
            }
            throw new Error(`${pattern} was not shown within ${PATIENCE_MS} ms; the terminal shows:\n${screen}`);
        },
        /** Returns the screen, with colours and weights as control sequences (ECMA-48, SGR). */
        capture: () => tmux('capture-pane', '-e', '-p'),
        [Symbol.dispose]: () => void tmux('kill-server')
    };
}
