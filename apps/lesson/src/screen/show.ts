import type { ReadStream } from 'node:tty';
import { isCancel, select } from '@clack/prompts';
import { lessonLine } from '../actions/describe-list.ts';
import { findLesson, type Lesson } from '../catalog/catalog.ts';
import type { Context } from '../context.ts';
import { type Destination, showLesson } from './show-lesson.ts';

/** The interface on a terminal: the list, and the lesson in hand, until the learner quits. */
export async function showLessons(first: Lesson | undefined, keyboard: ReadStream, context: Context): Promise<void> {
    let next: Destination = first ?? 'list';
    let last: Destination = next;
    while (next !== 'quit' && !context.signal.aborted) {
        const current: Destination = next;
        next =
            current === 'list'
                ? await chooseFromList(last, keyboard, context)
                : await showLesson(current, keyboard, context);
        last = current;
    }
}

/**
 * Shows all lessons with the progress. The one in hand is selected, or the first that is not passed.
 *
 * @param back where Esc leads.
 */
async function chooseFromList(back: Destination, keyboard: ReadStream, context: Context): Promise<Destination> {
    const { catalog, progress, texts, signal } = context;
    const { current, lessons } = progress.read();
    const open = catalog.filter(({ number }) => lessons[number]?.passedAt === undefined);
    const initial = open.find(({ number }) => number === current) ?? open[0];
    const quitting = new AbortController();
    let hasEscaped = false;
    const onKey = (_text: string | undefined, { name }: { name?: string }) => {
        if (name === 'q') quitting.abort();
        hasEscaped = name === 'escape';
    };
    keyboard.on('keypress', onKey);
    const answer = await select({
        message: texts.screen.chooseLesson,
        options: catalog.map(lesson => ({ value: lesson.number, label: lessonLine(lesson, context) })),
        ...(initial && { initialValue: initial.number }),
        maxItems: catalog.length,
        showInstructions: false,
        signal: AbortSignal.any([signal, quitting.signal])
    });
    keyboard.off('keypress', onKey);
    if (isCancel(answer)) return hasEscaped ? back : 'quit';
    return findLesson(catalog, answer) ?? 'quit';
}
