import type { Language } from '@calc/grader';
import { commands as enCommands } from './en/commands.ts';
import { screen as enScreen } from './en/screen.ts';
import { commands as frCommands } from './fr/commands.ts';
import { screen as frScreen } from './fr/screen.ts';

/** Everything that the lesson command says, except what comes from lesson.json and from the grader. */
export const texts = {
    en: { ...enCommands, screen: enScreen },
    fr: { ...frCommands, screen: frScreen }
} satisfies Record<Language, object>;

export type Texts = (typeof texts)['en'];
