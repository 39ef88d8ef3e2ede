import { clearScreenDown, createInterface, cursorTo, moveCursor } from 'node:readline';
import type { Writable } from 'node:stream';
import type { Keyboard } from './keyboard.ts';

/** A typed line, and the signal by which Ctrl-C cancels its command. */
interface TypedLine {
    text: string;
    signal: AbortSignal;
}

interface EditorOptions {
    keyboard: Keyboard;
    output: Writable;
    /** Earlier lines, the oldest first. */
    history: readonly string[];
    historySize: number;
    /** Returns completions in the form that readline expects. Must not reject. */
    complete(line: string, cursor: number): Promise<[candidates: string[], replaced: string]>;
}

const PROMPT = 'mcp> ';
const HOW_TO_LEAVE = 'Ctrl-C again leaves, like exit and Ctrl-D\n';

/** Creates the prompt, at which one line after the other is typed. */
export function createEditor({ keyboard, output, history, historySize, complete }: EditorOptions) {
    const lines: TypedLine[] = [];
    let isReading = false;
    let isClosed = false;
    let wantsToLeave = false;
    let wake = () => {};
    const readline = createInterface({
        input: keyboard.prompt,
        output,
        terminal: true,
        prompt: PROMPT,
        history: [...history].reverse(),
        historySize,
        removeHistoryDuplicates: true,
        crlfDelay: Number.POSITIVE_INFINITY,
        completer: (_beginning: string, done: (error: null, found: [string[], string]) => void) => {
            void complete(readline.line, readline.cursor).then(found => done(null, found));
        }
    });
    readline.on('line', text => {
        const interruption = new AbortController();
        keyboard.hold(() => interruption.abort('interrupted by the user'));
        isReading = false;
        wantsToLeave = false;
        lines.push({ text, signal: interruption.signal });
        wake();
    });
    readline.on('close', () => {
        isReading = false;
        isClosed = true;
        wake();
    });
    // Ctrl-Z would stop only this process; the npm that runs it would keep the terminal.
    readline.on('SIGTSTP', () => {});
    readline.on('SIGINT', () => {
        if (readline.line !== '') {
            readline.write(null, { ctrl: true, name: 'e' });
            readline.write(null, { ctrl: true, name: 'u' });
            wantsToLeave = false;
        } else if (wantsToLeave) {
            readline.close();
        } else {
            wantsToLeave = true;
            printAbove(HOW_TO_LEAVE);
        }
    });

    /** Prints lines above the prompt, and redraws the prompt and the typed text below them. */
    const printAbove = (text: string) => {
        // Redraws the prompt so that readline knows the row of the cursor.
        readline.prompt(true);
        const { rows } = readline.getCursorPos();
        moveCursor(output, 0, -rows);
        cursorTo(output, 0);
        clearScreenDown(output);
        // readline draws the next prompt `rows` rows further up, hence the extra line feeds.
        output.write(text + '\n'.repeat(rows));
        readline.prompt(true);
    };

    return {
        /** Waits for a line; returns undefined when the user leaves. */
        async read(): Promise<TypedLine | undefined> {
            if (lines.length === 0 && !isClosed) {
                const woken = new Promise<void>(resolve => {
                    wake = resolve;
                });
                isReading = true;
                readline.prompt();
                keyboard.listen();
                await woken;
            }
            const line = lines.shift();
            if (!line) output.write('\n');
            return line;
        },
        /** Whether it is waiting for a line. */
        isReading: () => isReading,
        printAbove,
        close: () => readline.close()
    };
}
