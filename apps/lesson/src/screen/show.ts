import type { ReadStream } from 'node:tty';
import { isCancel, select } from '@clack/prompts';
import { lessonLine } from '../actions/describe-list.ts';
import { findLesson, type Lesson } from '../catalog/catalog.ts';
import type { Context } from '../context.ts';
import { type Destination, showLesson } from './show-lesson.ts';

/** The interface on a terminal: the list, and the lesson in hand, until the learner quits. */
export async function showLessons(first: Lesson | undefined, keyboard: ReadStream, context: Context): Promise<void> {
    let next: Destination = first ?? 'list';
    while (next !== 'quit' && !context.signal.aborted) {
        next = next === 'list' ? await chooseFromList(context) : await showLesson(next, keyboard, context);
    }
}

/** Shows all lessons with the progress. The one in hand is selected, or the first that is not passed. */
async function chooseFromList(context: Context): Promise<Destination> {
    const { catalog, progress, texts, signal } = context;
    const { current, lessons } = progress.read();
    const open = catalog.filter(({ number }) => lessons[number]?.passedAt === undefined);
    const initial = open.find(({ number }) => number === current) ?? open[0];
    const answer = await select({
        message: texts.screen.chooseLesson,
        options: catalog.map(lesson => ({ value: lesson.number, label: lessonLine(lesson, context) })),
        ...(initial && { initialValue: initial.number }),
        maxItems: catalog.length,
        showInstructions: false,
        signal
    });
    return isCancel(answer) ? 'quit' : (findLesson(catalog, answer) ?? 'quit');
}
