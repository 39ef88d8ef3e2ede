import { styleText } from 'node:util';
import { compareToSolution } from '../learner/compare.ts';
import { chooseStarted } from './choose-lesson.ts';
import type { AddCommand } from './command.ts';

export const addDiff: AddCommand = (program, context) => {
    program
        .command('diff')
        .description(context.texts.about.diff)
        .argument('<number>', context.texts.lessonArgument)
        .action((word: string) => {
            const patch = compareToSolution(chooseStarted(context, word));
            if (patch === '') context.print(context.texts.noDifference);
            else context.print(context.isTerminal && !context.env.NO_COLOR ? colour(patch) : patch.trimEnd());
        });
};

/** Colours the lines of a unified diff for a terminal. */
export function colour(patch: string): string {
    const style = (line: string) => {
        if (line.startsWith('+')) return styleText('green', line);
        if (line.startsWith('-')) return styleText('red', line);
        return line.startsWith('@') ? styleText('dim', line) : line;
    };
    return patch.trimEnd().split('\n').map(style).join('\n');
}
