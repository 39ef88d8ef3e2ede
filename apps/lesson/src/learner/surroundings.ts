import { type ServerTarget, startJokeApi } from '@calc/grader';
import type { Lesson } from '../catalog/catalog.ts';

/** What the server of a lesson needs around it while it runs. */
export interface Surroundings extends Disposable {
    /** Environment variables of the server. */
    env: Record<string, string>;
    /** What the checks have to know of it. */
    target: Pick<ServerTarget, 'jokeApi'>;
}

export async function createSurroundings({ jokeApi }: Lesson): Promise<Surroundings> {
    if (!jokeApi) return { env: {}, target: {}, [Symbol.dispose]: () => {} };
    const api = await startJokeApi();
    return { env: { JOKE_URL: api.url }, target: { jokeApi: api }, [Symbol.dispose]: () => api.close() };
}
