import type { JokeApi } from './joke-api.ts';

/** A process that runs the learner's code. */
export interface LearnerProcess {
    /** All that it has printed so far, on both streams. */
    readonly output: string;
    /** What it has printed on standard output. */
    readonly stdout: string;
    /** Settles when it has ended: with its exit code, or null if a signal ended it. */
    readonly ended: Promise<number | null>;
    /** Whether it has ended. */
    readonly hasEnded: boolean;
    /** Whether `kill` was called, so that its end is not a fault. */
    readonly stoppedOnPurpose: boolean;
    /** Sends a signal. On Windows every signal ends the process at once. */
    kill(signal?: NodeJS.Signals): void;
}

/** A server to grade. */
export interface ServerTarget {
    /** The address of its event stream, such as http://localhost:3001/sse. */
    url: string;
    token?: string;
    /** Set if the process was started for the check, so that a check may stop it or read what it prints. */
    process?: LearnerProcess;
    /** Set if the server has the address of this joke API in JOKE_URL. */
    jokeApi?: JokeApi;
    /** Set if the lesson has a client next to its server. */
    client?: ClientTarget;
}

/** A command line client to grade. */
export interface ClientTarget {
    /**
     * Starts the client.
     *
     * @param words what follows the name of the program: the address of a server's event stream, then one word for each
     *   call, such as `add a=2 b=3`. A word may have spaces, so start the process without a shell.
     */
    start(words: readonly string[]): LearnerProcess;
}

/** A web page to grade. */
export interface PageTarget {
    /** The folder with index.html. */
    folder: string;
}
