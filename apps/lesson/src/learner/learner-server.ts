import { lastWords, Unreachable, type Words } from '@calc/grader';
import type { Lesson } from '../catalog/catalog.ts';
import { listening, type StartedProcess, startProcess } from './start-process.ts';
import { mainFile } from './working-copy.ts';

/** The learner's server on a fixed port, for their curl, their browser and the page. Each save starts it again. */
export class LearnerServer implements AsyncDisposable {
    readonly origin: string;
    readonly #file: string;
    readonly #env: Record<string, string>;
    readonly #port: number;
    readonly #onEnd: (problem: Words) => void;
    #process: StartedProcess | undefined;
    #last: Promise<Words | undefined> = Promise.resolve(undefined);
    #closed = false;

    /** @param onEnd is called when the server ends by itself after it has listened. */
    constructor(lesson: Lesson, port: number, env: Record<string, string>, onEnd: (problem: Words) => void) {
        this.origin = `http://localhost:${port}`;
        this.#file = mainFile(lesson);
        this.#port = port;
        this.#onEnd = onEnd;
        this.#env = { ...env, PORT: String(port) };
    }

    /** Stops the server and starts it with what the file says now. Returns why it does not run, if it does not. */
    restart(): Promise<Words | undefined> {
        this.#last = this.#last.then(async () => {
            await this.#process?.stop();
            if (this.#closed) return undefined;
            const started = startProcess(this.#file, [], this.#env);
            this.#process = started;
            try {
                await listening(started, this.#port);
                void started.ended.then(() => {
                    if (!started.stoppedOnPurpose && !this.#closed) this.#onEnd(lastWords(started.output));
                });
                return undefined;
            } catch (error) {
                if (error instanceof Unreachable) return error.reason;
                throw error;
            }
        });
        return this.#last;
    }

    async [Symbol.asyncDispose](): Promise<void> {
        this.#closed = true;
        await this.#process?.stop();
        await this.#last;
        await this.#process?.stop();
    }
}
