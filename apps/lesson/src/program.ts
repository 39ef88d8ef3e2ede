import { Command } from 'commander';
import { addBoard } from './commands/board.ts';
import { addCheck } from './commands/check.ts';
import type { AddCommand } from './commands/command.ts';
import { addDiff } from './commands/diff.ts';
import { addDoctor } from './commands/doctor.ts';
import { addHint } from './commands/hint.ts';
import { addList } from './commands/list.ts';
import { addPack } from './commands/pack.ts';
import { addReset } from './commands/reset.ts';
import { addStart } from './commands/start.ts';
import { addTutor } from './commands/tutor.ts';
import { addVerify } from './commands/verify.ts';
import type { Context } from './context.ts';
import { showLessons } from './screen/show.ts';

/** In the order in which the help lists them. */
const commands: readonly AddCommand[] = [
    addList,
    addStart,
    addCheck,
    addHint,
    addDiff,
    addReset,
    addDoctor,
    addPack,
    addBoard,
    addTutor,
    addVerify
];

/** All commands with their options, for one parse or more. */
export function createProgram(context: Context): Command {
    const { texts } = context;
    const program = new Command('npm run lesson --')
        .usage(`[options] ${texts.values.command}`)
        .description(texts.program)
        .option(`--lang ${texts.values.language}`, texts.languageOption)
        .helpOption('-h, --help', texts.help)
        .helpCommand(false)
        .exitOverride()
        .configureHelp({
            showGlobalOptions: true,
            styleTitle: title => texts.headings[title] ?? title,
            optionDescription: ({ description, defaultValue }) =>
                defaultValue === undefined ? description : `${description} (${texts.byDefault(defaultValue)})`
        })
        .configureOutput({
            writeOut: text => context.print(text.trimEnd()),
            writeErr: text => context.print(text.trimEnd()),
            outputError: () => {}
        });
    for (const add of commands) add(program, context);
    return program.action(async () => {
        if (context.keyboard) await showLessons(undefined, context.keyboard, context);
        else context.print(`${texts.noTerminal}\n\n${program.helpInformation().trimEnd()}`);
    });
}
