import { startLesson } from '../actions/start-lesson.ts';
import { type BoardChoice, joinBoard } from '../board/join-board.ts';
import { postNews } from '../board/post-news.ts';
import type { Lesson } from '../catalog/catalog.ts';
import type { Context } from '../context.ts';
import { showLessons } from '../screen/show.ts';
import { chooseLesson } from './choose-lesson.ts';
import type { AddCommand } from './command.ts';

export const addStart: AddCommand = (program, context) => {
    const { about, lessonArgument, values, board } = context.texts;
    program
        .command('start')
        .description(about.start)
        .argument(values.number, lessonArgument)
        .option('--board <url>', board.url)
        .option(`--name ${values.name}`, board.name)
        .option(`--code ${values.code}`, board.code)
        .option('--no-board', board.leave)
        .action(async (word: string, choice: BoardChoice) => {
            const lesson = chooseLesson(context, word);
            joinBoard(choice, context);
            if (context.keyboard) await showLessons(lesson, context.keyboard, context);
            else await startWithoutTerminal(lesson, context);
        });
};

/** On a terminal, the first check posts to the board. */
async function startWithoutTerminal(lesson: Lesson, context: Context): Promise<void> {
    const { progress, texts, print, printError } = context;
    print(startLesson(lesson, context));
    const problem = await postNews({ lesson: lesson.number, status: 'started' }, context);
    if (problem) printError(problem);
    const { board } = progress.read();
    if (board && !board.isLost) print(texts.board.joined(board.url, board.shownAs ?? board.name));
}
