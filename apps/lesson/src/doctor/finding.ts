import type { Texts } from '../texts/texts.ts';

type DoctorTexts = Texts['doctor'];

/** What is wrong, and the one command that mends it. */
interface Fault {
    problem: string;
    /** To be typed as it stands. */
    command: string;
}

/** What a check of the doctor looks at; tests give it other machines. */
export interface Machine {
    platform: NodeJS.Platform;
    /** The version of Node, such as `v20.19.0`. */
    nodeVersion: string;
    env: NodeJS.ProcessEnv;
    /** The folder of the repository. */
    root: string;
    lessonsFolder: string;
    /** What the kernel says of itself, which names WSL. */
    release: string;
}

/** Looks at one thing. Returns what is wrong, or undefined. */
export interface Examination {
    name(texts: DoctorTexts): string;
    examine(machine: Machine, texts: DoctorTexts): Promise<Fault | undefined> | Fault | undefined;
}
