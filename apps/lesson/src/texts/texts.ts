import type { Language } from '@calc/grader';
import { commands as enCommands } from './en/commands.ts';
import { commands as frCommands } from './fr/commands.ts';

/** Everything that the lesson command says, except what comes from lesson.json and from the grader. */
export const texts = {
    en: { ...enCommands },
    fr: { ...frCommands }
} satisfies Record<Language, object>;

export type Texts = (typeof texts)['en'];
