import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import { CatalogError, readCatalog } from './catalog/catalog.ts';
import { type Context, EXIT, Exit } from './context.ts';
import { ProgressFile } from './learner/progress.ts';
import { createProgram } from './program.ts';
import { chooseLanguage, isLanguage } from './texts/choose-language.ts';
import { type Texts, texts } from './texts/texts.ts';

/** What a process gives to `run`. */
export type Io = Pick<Context, 'print' | 'printError' | 'env' | 'signal' | 'keyboard'>;

const defaultFolder = fileURLToPath(new URL('../../../lessons', import.meta.url));

/** Runs one command line. Returns the exit code. */
export async function run(args: readonly string[], io: Io): Promise<number> {
    const asked = languageOption(args);
    const language = isLanguage(asked) ? asked : chooseLanguage(io.env, Intl.DateTimeFormat().resolvedOptions().locale);
    const words = texts[language];
    try {
        if (asked !== undefined && !isLanguage(asked)) throw new Exit(EXIT.usage, words.notALanguage(asked));
        const lessonsFolder = io.env.LESSONS_FOLDER ?? defaultFolder;
        const catalog = readCatalog(lessonsFolder);
        const progress = new ProgressFile(lessonsFolder);
        const context: Context = { ...io, lessonsFolder, catalog, progress, texts: words, language };
        await createProgram(context).parseAsync(args, { from: 'user' });
        return EXIT.pass;
    } catch (error) {
        return explain(error, args, words, io);
    }
}

/** The language must be known before the descriptions of the options are. */
function languageOption(args: readonly string[]): string | undefined {
    const index = args.findIndex(word => word === '--lang' || word.startsWith('--lang='));
    const word = args[index];
    return word === '--lang' ? (args[index + 1] ?? '') : word?.slice('--lang='.length);
}

/** Prints what went wrong, and returns its exit code. Errors that are not the user's are thrown. */
function explain(error: unknown, args: readonly string[], texts: Texts, { printError }: Io): number {
    if (error instanceof Exit) {
        if (error.message !== '') printError(error.message);
        return error.code;
    }
    if (error instanceof CatalogError) {
        printError(error.message);
        return EXIT.usage;
    }
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || error.code === 'commander.help') return EXIT.pass;
    printError(`${wordUsage(error, args, texts)} ${texts.usage.seeHelp}`);
    return EXIT.usage;
}

function wordUsage({ code, message }: CommanderError, args: readonly string[], { usage }: Texts): string {
    const word = /'([^']*)'/.exec(message)?.[1] ?? '';
    // The program itself takes no words; it takes each for one too many.
    const isUnknown = code === 'commander.excessArguments' && word === '';
    if (isUnknown) return usage.unknownCommand(args.find(each => !each.startsWith('-')) ?? '');
    if (code === 'commander.unknownOption') return usage.unknownOption(word);
    if (code === 'commander.missingArgument') return usage.missingArgument;
    if (code === 'commander.optionMissingArgument') return usage.missingValue(word.split(' ', 1)[0] ?? word);
    return usage.tooMany;
}
