import { emitKeypressEvents } from 'node:readline';
import type { ReadStream } from 'node:tty';

/** Names of the keys of control. */
export type Key = string;

/**
 * Reads single keys. Ctrl-C and Ctrl-D are reported as `q`.
 *
 * @returns an object that gives the keyboard back to line input when it is disposed of.
 */
export function readKeys(input: ReadStream, onKey: (key: Key) => void): Disposable {
    const handle = (_text: string | undefined, { name = '', ctrl = false }: { name?: string; ctrl?: boolean }) => {
        if (ctrl) {
            if (name === 'c' || name === 'd') onKey('q');
            return;
        }
        onKey(name);
    };
    emitKeypressEvents(input);
    input.setRawMode(true).resume().on('keypress', handle);
    return {
        [Symbol.dispose]() {
            input.off('keypress', handle).setRawMode(false).pause();
        }
    };
}
