import type { Language } from '@calc/grader';

const LANGUAGES: readonly string[] = ['en', 'fr'] satisfies Language[];

export const isLanguage = (word: string | undefined): word is Language => LANGUAGES.includes(word ?? '');

/** Chooses the language by LESSON_LANG, else by the locale of the environment or of the system, else English. */
export function chooseLanguage(env: NodeJS.ProcessEnv, systemLocale: string): Language {
    // Windows sets none of the variables of POSIX.
    const locales = [env.LESSON_LANG, env.LC_ALL || env.LC_MESSAGES || env.LANG, systemLocale];
    const locale = locales.find(each => each) ?? '';
    const language = locale.slice(0, 2).toLowerCase();
    return isLanguage(language) ? language : 'en';
}
