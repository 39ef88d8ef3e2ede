import { colour, compareToSolution } from '../learner/compare.ts';
import { chooseStarted } from './choose-lesson.ts';
import type { AddCommand } from './command.ts';

export const addDiff: AddCommand = (program, context) => {
    program
        .command('diff')
        .description(context.texts.about.diff)
        .argument(context.texts.values.number, context.texts.lessonArgument)
        .action((word: string) => {
            const patch = compareToSolution(chooseStarted(context, word));
            if (patch === '') context.print(context.texts.noDifference);
            else context.print(context.keyboard && !context.env.NO_COLOR ? colour(patch) : patch.trimEnd());
        });
};
