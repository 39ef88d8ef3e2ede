import { PassThrough, type Readable } from 'node:stream';

export type Keyboard = ReturnType<typeof createKeyboard>;

type Terminal = Readable & { setRawMode?(isRaw: boolean): unknown };

const CTRL_C = 0x03;
const ENTER = /[\r\n]/;

/**
 * Passes typed keys to the prompt or, while a command runs, to its questions. Other keys wait for the next prompt, except
 * Ctrl-C, which interrupts the command at once. The terminal stays in raw mode, so that Ctrl-C is a key: it ends neither
 * this process nor the npm that runs it.
 */
export function createKeyboard(terminal: Terminal) {
    const prompt = new PassThrough();
    const questions = new PassThrough();
    /** Keys that wait for the next prompt, in latin1: one character is one byte. */
    let ahead = '';
    let isHeld = true;
    let interrupt = () => {};
    /** Whether a question is being asked. */
    const isAsking = () => questions.listenerCount('keypress') > 0;

    const feed = () => {
        while (!isHeld && ahead !== '') {
            // What is pasted is taken line by line, each by a prompt of its own. A Tab is one of several keys in a chunk
            // where keys come fast; readline takes that for a text which has a tab.
            const end = ahead.search(/[\r\n\t]/);
            const part = end === -1 ? ahead : ahead.slice(0, end + 1);
            ahead = ahead.slice(part.length);
            prompt.write(Buffer.from(part, 'latin1'));
            if (ENTER.test(part)) return;
        }
    };
    const take = (data: Buffer) => {
        if (isHeld && isAsking()) return void questions.write(data);
        if (isHeld && data.includes(CTRL_C)) {
            ahead = '';
            return interrupt();
        }
        ahead += data.toString('latin1');
        feed();
    };
    terminal.setRawMode?.(true);
    terminal.on('data', take).on('end', () => prompt.end());
    return {
        /** The input of the prompt. */
        prompt,
        /** The input of questions. */
        questions,
        isAsking,
        /** Passes keys to the prompt until `hold`. */
        listen() {
            isHeld = false;
            feed();
        },
        /** Stops passing keys to the prompt: a line has been typed and its command runs. */
        hold(onInterrupt: () => void) {
            isHeld = true;
            interrupt = onInterrupt;
        },
        /** Restores the terminal. */
        stop() {
            terminal.off('data', take);
            terminal.pause();
            terminal.setRawMode?.(false);
        }
    };
}
