import { startLesson } from '../actions/start-lesson.ts';
import { showLessons } from '../screen/show.ts';
import { chooseLesson } from './choose-lesson.ts';
import type { AddCommand } from './command.ts';

export const addStart: AddCommand = (program, context) => {
    program
        .command('start')
        .description(context.texts.about.start)
        .argument('<number>', context.texts.lessonArgument)
        .action(async (word: string) => {
            const lesson = chooseLesson(context, word);
            if (context.keyboard) await showLessons(lesson, context.keyboard, context);
            else context.print(startLesson(lesson, context));
        });
};
