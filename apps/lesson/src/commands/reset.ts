import { relative } from 'node:path';
import { confirm, isCancel } from '@clack/prompts';
import { type Context, EXIT, Exit } from '../context.ts';
import { resetWork } from '../learner/working-copy.ts';
import { chooseStarted } from './choose-lesson.ts';
import type { AddCommand } from './command.ts';

export const addReset: AddCommand = (program, context) => {
    program
        .command('reset')
        .description(context.texts.about.reset)
        .argument(context.texts.values.number, context.texts.lessonArgument)
        .option('--yes', context.texts.options.yes)
        .action(async (word: string, { yes = false }: { yes?: boolean }) => {
            const { texts, print } = context;
            const lesson = chooseStarted(context, word);
            if (!yes && !(await isSure(lesson.number, context))) return print(texts.notReset);
            const saved = resetWork(lesson);
            if (saved) print(texts.saved(relative(process.cwd(), saved)));
        });
};

async function isSure(number: string, { texts, keyboard, signal }: Context): Promise<boolean> {
    if (!keyboard) throw new Exit(EXIT.usage, texts.needsYes(number));
    const { yes: active, no: inactive } = texts;
    const message = texts.askReset(number);
    const answer = await confirm({ message, active, inactive, initialValue: false, signal });
    return !isCancel(answer) && answer;
}
