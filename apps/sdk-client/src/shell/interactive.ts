import type { CommandContext } from '../commands/command.ts';
import { ReportedFailure } from '../errors/cli-error.ts';
import type { Io } from '../output/io.ts';
import { formatNotification } from '../output/notification.ts';
import { ERASE, toOneLine, toTerminal } from '../output/screen.ts';
import { createCatalog } from './completion/catalog.ts';
import { completeLine } from './completion/complete-line.ts';
import { findFiles } from './completion/find-files.ts';
import { splitWords } from './completion/split-line.ts';
import { createEditor } from './editor.ts';
import { historyFile, MAX_LINES, openHistory } from './history.ts';
import { createKeyboard } from './keyboard.ts';
import { listCommands } from './list-commands.ts';
import { runLine } from './run-line.ts';

/**
 * Prompts for command lines and runs them, until the user leaves.
 *
 * @throws {CliError} if the connection ends at the prompt.
 * @throws {ReportedFailure} if the connection ends while a command runs.
 */
export async function runInteractive(context: CommandContext, terminal: NonNullable<Io['terminal']>): Promise<void> {
    const { connection, io, quiet } = context;
    const { stderr } = io;
    const history = openHistory(historyFile());
    const commands = listCommands();
    const catalog = createCatalog(connection);
    const keyboard = createKeyboard(terminal.input);
    const editor = createEditor({
        keyboard,
        output: terminal.output,
        history: history.lines,
        historySize: MAX_LINES,
        async complete(line, cursor) {
            const known = { ...(await catalog.lists()), commands, completeValue: catalog.completeValue, findFiles };
            const { candidates, replaced } = await completeLine(line, cursor, known);
            return [candidates, replaced];
        }
    });

    /** Text that arrives while a question is asked; it is printed after the answer. */
    let held = '';
    let isWatching = false;
    const say = (text: string) => {
        if (editor.isReading()) editor.printAbove(toTerminal(text));
        else if (keyboard.isAsking()) held += text;
        else stderr(ERASE + text);
    };
    // The trace may print while the user types.
    io.stderr = say;
    const stopListening = connection.listen(notification => {
        if (isWatching) return;
        // A command shows its own progress.
        if (notification.method === 'notifications/progress' && !editor.isReading()) return;
        say(`${formatNotification(notification, { ...context, json: false })}\n`);
    });
    let isOver = false;
    connection.ended.catch(() => {
        isOver = true;
    });

    try {
        if (!quiet) stderr(`${greet(context)}\n`);
        for (;;) {
            if (held !== '') stderr(held);
            held = '';
            const line = await Promise.race([editor.read(), connection.ended]);
            if (!line) return;
            history.add(line.text);
            isWatching = commandOf(line.text) === 'watch';
            const lineIo: Io = {
                ...io,
                stderr,
                signal: line.signal,
                terminal: { input: keyboard.questions, output: terminal.output }
            };
            const result = await runLine(line.text, context, lineIo);
            isWatching = false;
            if (result === 'exit') return;
            if (isOver) throw new ReportedFailure(result);
        }
    } finally {
        if (editor.isReading()) stderr('\n');
        io.stderr = stderr;
        stopListening();
        catalog.stop();
        editor.close();
        keyboard.stop();
    }
}

function greet({ connection, screen }: CommandContext): string {
    const server = connection.client.getServerVersion();
    const name = toOneLine(`${server?.title ?? server?.name} ${server?.version}`);
    return `${screen.bold(name)}: help lists the commands, Tab completes, Ctrl-D leaves`;
}

function commandOf(line: string): string | undefined {
    return splitWords(line).find(({ text }) => !text.startsWith('-'))?.text;
}
