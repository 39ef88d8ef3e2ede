import { join } from 'node:path';
import { type ServerTarget, startJokeApi } from '@calc/grader';
import type { Lesson } from '../catalog/catalog.ts';
import { type StartedProcess, startProcess } from './start-process.ts';

/** What the server of a lesson needs around it while it runs. */
export interface Surroundings extends AsyncDisposable {
    /** Environment variables of the server. */
    env: Record<string, string>;
    /** What the checks have to know of it. */
    target: Pick<ServerTarget, 'jokeApi' | 'client'>;
}

/** @param folder of the code that is graded. */
export async function createSurroundings(lesson: Lesson, folder: string): Promise<Surroundings> {
    const jokeApi = lesson.jokeApi ? await startJokeApi() : undefined;
    const clients: StartedProcess[] = [];
    const start = (file: string, words: readonly string[]) => {
        const process = startProcess(join(folder, file), [...words]);
        clients.push(process);
        return process;
    };
    const { client } = lesson;
    return {
        env: jokeApi ? { JOKE_URL: jokeApi.url } : {},
        target: {
            ...(jokeApi && { jokeApi }),
            ...(client !== undefined && { client: { start: words => start(client, words) } })
        },
        async [Symbol.asyncDispose]() {
            jokeApi?.close();
            await Promise.all(clients.map(process => process.stop()));
        }
    };
}
