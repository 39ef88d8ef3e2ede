import { EXIT, Exit } from '../context.ts';
import { describeReports } from '../verify/table.ts';
import { acceptAllFrench, Verification } from '../verify/verify.ts';
import { chooseLesson } from './choose-lesson.ts';
import type { AddCommand } from './command.ts';

interface VerifyOptions {
    update?: boolean;
    acceptFrench?: boolean;
}

/** For those who write lessons; what it prints is in English. */
export const addVerify: AddCommand = (program, context) => {
    const { about, options, lessonArgument, values } = context.texts;
    program
        .command('verify')
        .description(about.verify)
        .argument(values.numbers, lessonArgument)
        .option('--update', options.update)
        .option('--accept-french', options.acceptFrench)
        .action(async (words: string[], { update = false, acceptFrench = false }: VerifyOptions) => {
            const { catalog, lessonsFolder, print } = context;
            const isWhole = words.length === 0;
            const lessons = isWhole ? catalog : words.map(word => chooseLesson(context, word));
            if (acceptFrench) acceptAllFrench(lessonsFolder, lessons, isWhole);
            if (acceptFrench && !update) return;
            const start = performance.now();
            using verification = new Verification(lessonsFolder, catalog, { update });
            const reports = await Promise.all(lessons.map(lesson => verification.verify(lesson)));
            const faults = isWhole ? verification.findSharedFaults(reports) : [];
            print(describeReports(reports, faults, (performance.now() - start) / 1000));
            if (faults.length > 0 || reports.some(report => report.faults.length > 0)) throw new Exit(EXIT.fail);
        });
};
