import { hasWork } from '../learner/working-copy.ts';
import type { AddCommand, Context } from './command.ts';

export const addList: AddCommand = (program, context) => {
    program
        .command('list')
        .description(context.texts.about.list)
        .action(() => context.print(describeList(context)));
};

/** One line for each lesson, and what comes next. */
export function describeList({ catalog, progress, texts, language }: Context): string {
    const { lessons } = progress.read();
    const hasPassed = (number: string) => lessons[number]?.passedAt !== undefined;
    const width = Math.max(0, ...catalog.map(({ title }) => title[language].length));
    const lines = catalog.map(lesson => {
        const mark = hasPassed(lesson.number) ? '✓' : hasWork(lesson) ? '▸' : ' ';
        const minutes = texts.minutes(lesson.minutes).padStart(6);
        return `${mark} ${lesson.number}  ${lesson.title[language].padEnd(width)}  ${minutes}`;
    });
    const passed = catalog.filter(({ number }) => hasPassed(number)).length;
    const next = catalog.find(({ number }) => !hasPassed(number));
    const end = next ? texts.startNext(next.number) : texts.allPassed;
    return [...lines, '', `${texts.passedOf(passed, catalog.length)} ${end}`].join('\n');
}
