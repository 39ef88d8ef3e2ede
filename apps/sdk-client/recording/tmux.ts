import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** A terminal in tmux, of a tmux server of its own. */
export interface Tmux extends Disposable {
    type(text: string): void;
    /** Presses keys, by the names that tmux has for them. */
    press(...keys: string[]): void;
    /** Waits until the text that is seen matches. */
    shown(pattern: RegExp): Promise<void>;
    /** What is seen, with colours and weights as control sequences (ECMA-48, SGR). */
    capture(): string;
}

/** How long something may take to be shown, in milliseconds, and how often is looked. */
const PATIENCE_MS = 10_000;
const INTERVAL_MS = 50;

/**
 * Starts a shell in a terminal of that size, with those variables.
 *
 * @throws {Error} if there is no tmux.
 */
export function startTmux(columns: number, rows: number, env: Record<string, string>): Tmux {
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
        type: text => void tmux('send-keys', '-l', text),
        press: (...keys) => void tmux('send-keys', ...keys),
        async shown(pattern) {
            const end = performance.now() + PATIENCE_MS;
            let screen = '';
            while (performance.now() < end) {
                screen = tmux('capture-pane', '-p');
                if (pattern.test(screen)) return;
                await delay(INTERVAL_MS);
            }
            throw new Error(`${pattern} was not shown within ${PATIENCE_MS} ms; the terminal shows:\n${screen}`);
        },
        capture: () => tmux('capture-pane', '-e', '-p'),
        [Symbol.dispose]: () => void tmux('kill-server')
    };
}
