import type { Language } from '@calc/grader';
import { commands as enCommands } from './en/commands.ts';
import { doctor as enDoctor } from './en/doctor.ts';
import { screen as enScreen } from './en/screen.ts';
import { commands as frCommands } from './fr/commands.ts';
import { doctor as frDoctor } from './fr/doctor.ts';
import { screen as frScreen } from './fr/screen.ts';

/** Everything that the lesson command says, except what comes from lesson.json and from the grader. */
export const texts = {
    en: { ...enCommands, doctor: enDoctor, screen: enScreen },
    fr: { ...frCommands, doctor: frDoctor, screen: frScreen }
} satisfies Record<Language, object>;

export type Texts = (typeof texts)['en'];
