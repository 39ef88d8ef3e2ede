import { EXIT, Exit } from '../context.ts';
import { describeReports } from '../verify/table.ts';
import { Verification } from '../verify/verify.ts';
import { chooseLesson } from './choose-lesson.ts';
import type { AddCommand } from './command.ts';

/** For those who write lessons; what it prints is in English. */
export const addVerify: AddCommand = (program, context) => {
    const { about, options, lessonArgument } = context.texts;
    program
        .command('verify')
        .description(about.verify)
        .argument('[numbers...]', lessonArgument)
        .option('--update', options.update)
        .action(async (words: string[], { update = false }: { update?: boolean }) => {
            const lessons = words.length === 0 ? context.catalog : words.map(word => chooseLesson(context, word));
            const start = performance.now();
            using verification = new Verification(context.lessonsFolder, update);
            const reports = await Promise.all(lessons.map(lesson => verification.verify(lesson)));
            context.print(describeReports(reports, (performance.now() - start) / 1000));
            if (reports.some(({ faults }) => faults.length > 0)) throw new Exit(EXIT.fail);
        });
};
