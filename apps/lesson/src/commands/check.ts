import { randomInt } from 'node:crypto';
import { describeFailure, describeLeftOut, gradeServer, inLanguage, type LessonResult, toJson } from '@calc/grader';
import { checkFolder, optionsFor } from '../actions/check-lesson.ts';
import { describePassed } from '../actions/describe-passed.ts';
import { remember } from '../actions/remember.ts';
import { postNews, toNews } from '../board/post-news.ts';
import type { Lesson } from '../catalog/catalog.ts';
import { type Context, EXIT, Exit } from '../context.ts';
import { workFolder } from '../learner/working-copy.ts';
import { chooseLesson, chooseStarted } from './choose-lesson.ts';
import type { AddCommand } from './command.ts';

const MAX_SEED = 2 ** 32 - 1;

interface CheckOptions {
    url?: string;
    json?: boolean;
    seed?: string;
    token?: string;
}

export const addCheck: AddCommand = (program, context) => {
    const { about, options, lessonArgument, values } = context.texts;
    program
        .command('check')
        .description(about.check)
        .argument(values.number, lessonArgument)
        .option('--url <url>', options.url)
        .option('--json', options.json)
        .option(`--seed ${values.seed}`, options.seed)
        .option(`--token ${values.token}`, options.token)
        .action(async (word: string, chosen: CheckOptions) => {
            const result = await grade(word, chosen, context);
            if (chosen.json) context.print(JSON.stringify(toJson(result, context.language), undefined, 4));
            else report(result, chooseLesson(context, word), chosen.url !== undefined, context);
            const problem = chosen.url === undefined && (await postNews(toNews(result), context));
            if (problem) context.printError(problem);
            if (result.unreachable) throw new Exit(EXIT.unreachable);
            if (result.status !== 'pass') throw new Exit(EXIT.fail);
        });
};

async function grade(word: string, { url, json, seed, token }: CheckOptions, context: Context): Promise<LessonResult> {
    // A program reads all results; a learner mends one fault at a time.
    const options = { ...optionsFor(readSeed(seed, context)), all: json === true };
    if (url !== undefined) {
        const lesson = chooseLesson(context, word);
        if (lesson.kind !== 'server') throw new Exit(EXIT.usage, context.texts.urlOfServer(lesson.number));
        const target = { url: readUrl(url, context), ...(token !== undefined && { token }) };
        return await gradeServer(lesson.number, target, options);
    }
    const lesson = chooseStarted(context, word);
    const result = await checkFolder(lesson, workFolder(lesson), options, context.signal);
    if (context.signal.aborted) throw new Exit(EXIT.interrupted);
    remember(result, context);
    return result;
}

function report(result: LessonResult, lesson: Lesson, isByUrl: boolean, context: Context): void {
    const { texts, language, print } = context;
    const { number } = lesson;
    const passed = describePassed(result, language);
    if (result.status === 'pass') {
        print(passed);
        if (result.leftOut) print(describeLeftOut(result, language));
        const next = context.catalog.find(each => each.number > number);
        print(
            `\n${texts.passed(number, lesson.title[language])}${next && !isByUrl ? ` ${texts.startNext(next.number)}` : ''}`
        );
        return;
    }
    if (passed !== '') print(`${passed}\n`);
    const failure = describeFailure(result, language);
    print(failure === '' && result.unreachable ? `✗ ${inLanguage(result.unreachable, language)}` : failure);
    print(`\n${isByUrl ? texts.footerOfUrl(result.seed) : texts.footer(number, result.seed)}`);
}

function readSeed(word: string | undefined, { texts }: Context): number {
    if (word === undefined) return randomInt(MAX_SEED);
    const seed = Number(word);
    if (!/^\d+$/.test(word) || seed > MAX_SEED) throw new Exit(EXIT.usage, texts.notASeed(word));
    return seed;
}

function readUrl(word: string, { texts }: Context): string {
    const url = URL.canParse(word) ? new URL(word) : undefined;
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new Exit(EXIT.usage, texts.notAUrl(word));
    return word;
}
