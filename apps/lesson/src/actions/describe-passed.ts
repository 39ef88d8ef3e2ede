import { styleText } from 'node:util';
import type { Language, LessonResult } from '@calc/grader';

/** The checks that passed, one a line; an empty string if none did. */
export function describePassed({ checks }: LessonResult, language: Language): string {
    const passed = checks.filter(({ status }) => status === 'pass');
    return passed.map(({ title }) => styleText('dim', `✓ ${title[language]}`)).join('\n');
}
