import { nextHint } from '../actions/next-hint.ts';
import { chooseLesson } from './choose-lesson.ts';
import type { AddCommand } from './command.ts';

export const addHint: AddCommand = (program, context) => {
    program
        .command('hint')
        .description(context.texts.about.hint)
        .argument(context.texts.values.number, context.texts.lessonArgument)
        .action((word: string) => context.print(nextHint(chooseLesson(context, word), context)));
};
