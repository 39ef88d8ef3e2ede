import type { Language } from '@calc/grader';
import { board as enBoard } from './en/board.ts';
import { commands as enCommands } from './en/commands.ts';
import { doctor as enDoctor } from './en/doctor.ts';
import { pack as enPack } from './en/pack.ts';
import { screen as enScreen } from './en/screen.ts';
import { tutor as enTutor } from './en/tutor.ts';
import { board as frBoard } from './fr/board.ts';
import { commands as frCommands } from './fr/commands.ts';
import { doctor as frDoctor } from './fr/doctor.ts';
import { pack as frPack } from './fr/pack.ts';
import { screen as frScreen } from './fr/screen.ts';
import { tutor as frTutor } from './fr/tutor.ts';

/** Everything that the lesson command says, except what comes from lesson.json and from the grader. */
export const texts = {
    en: { ...enCommands, board: enBoard, doctor: enDoctor, pack: enPack, screen: enScreen, tutor: enTutor },
    fr: { ...frCommands, board: frBoard, doctor: frDoctor, pack: frPack, screen: frScreen, tutor: frTutor }
} satisfies Record<Language, object>;

export type Texts = (typeof texts)['en'];
