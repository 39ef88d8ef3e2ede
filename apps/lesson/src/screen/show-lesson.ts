import type { ReadStream } from 'node:tty';
import { startLesson } from '../actions/start-lesson.ts';
import type { Lesson } from '../catalog/catalog.ts';
import type { Context } from '../context.ts';
import { colour, compareToSolution } from '../learner/compare.ts';
import { resetWork } from '../learner/working-copy.ts';
import { draw } from './draw.ts';
import { readKeys } from './keyboard.ts';
import { LessonRun } from './lesson-run.ts';

/** Where the learner goes from a lesson. */
export type Destination = Lesson | 'list' | 'quit';

/** Clears the screen and puts the cursor at its top (ECMA-48, ED and CUP). */
const CLEAR = '\x1b[2J\x1b[H';

/** Shows a lesson, checks it at each save, and does what the keys say, until the learner leaves it. */
export async function showLesson(lesson: Lesson, keyboard: ReadStream, context: Context): Promise<Destination> {
    startLesson(lesson, context);
    const { promise: left, resolve: leave } = withResolvers<Destination>();
    const show = () => context.print(CLEAR + draw(run.view, context));
    await using run = new LessonRun(lesson, context, () => show());
    show();
    using _keys = readKeys(keyboard, createKeyHandler(run, context, leave, show));
    const quit = () => leave('quit');
    context.signal.addEventListener('abort', quit);
    if (context.signal.aborted) quit();
    const destination = await left;
    context.signal.removeEventListener('abort', quit);
    return destination;
}

function createKeyHandler(
    run: LessonRun,
    context: Context,
    leave: (destination: Destination) => void,
    show: () => void
) {
    const { view } = run;
    const { texts, catalog } = context;
    let asked: 'reset' | 'next' | undefined;

    const actions: Record<string, () => void> = {
        h: () => run.hint(),
        d() {
            const patch = compareToSolution(view.lesson);
            view.detail = patch === '' ? texts.noDifference : colour(patch);
        },
        c: () => run.check(),
        r() {
            asked = 'reset';
            view.note = texts.screen.confirmReset;
        },
        n() {
            const next = catalog.find(({ number }) => number > view.lesson.number);
            const hasPassed = context.progress.of(view.lesson.number).passedAt !== undefined;
            if (!next) view.note = texts.screen.lastLesson;
            else if (hasPassed || asked === 'next') leave(next);
            else {
                asked = 'next';
                view.note = texts.screen.notPassed;
            }
        },
        l: () => leave('list'),
        q: () => leave('quit')
    };

    return (key: string) => {
        if (asked === 'reset' && key !== 'q') {
            view.note = key === texts.screen.yesKey ? reset() : texts.notReset;
            asked = undefined;
        } else {
            view.note = undefined;
            if (key !== 'n') asked = undefined;
            actions[key]?.();
        }
        run.look();
        show();
    };

    function reset(): string {
        const saved = resetWork(view.lesson);
        return saved ? texts.saved(saved) : '';
    }
}

/** `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers<T>() {
    let resolve: (value: T) => void = () => {};
    const promise = new Promise<T>(settle => {
        resolve = settle;
    });
    return { promise, resolve };
}
