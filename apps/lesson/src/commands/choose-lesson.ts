import { findLesson, type Lesson } from '../catalog/catalog.ts';
import { type Context, EXIT, Exit } from '../context.ts';
import { hasWork } from '../learner/working-copy.ts';

/** Finds the lesson that the user names. */
export function chooseLesson({ catalog, texts }: Context, word: string): Lesson {
    const lesson = findLesson(catalog, word);
    if (!lesson) throw new Exit(EXIT.usage, texts.noLesson(word, catalog.map(({ number }) => number).join(', ')));
    return lesson;
}

/** Finds the lesson that the user names and has started. */
export function chooseStarted(context: Context, word: string): Lesson {
    const lesson = chooseLesson(context, word);
    if (!hasWork(lesson)) throw new Exit(EXIT.usage, context.texts.notStarted(lesson.number));
    return lesson;
}
