import type { Environment } from './tool.ts';

/** The public API that `random-joke` asks unless told otherwise. */
export const DEFAULT_JOKE_API_URL = 'https://api.chucknorris.io/jokes/random';

/** How long that API may take for its whole answer, in milliseconds. */
export const JOKE_API_TIMEOUT_MS = 3000;

/** The real world: the system's clock, chance and network, a joke API with 3 s to answer. Override what you like. */
export function createEnvironment(overrides: Partial<Environment> = {}): Environment {
    return {
        now: () => new Date(),
        random: Math.random,
        // Looked up at each call, so that instrumentation that replaces the global later on is seen.
        fetch: (...args) => globalThis.fetch(...args),
        jokeApi: { url: DEFAULT_JOKE_API_URL, timeoutMs: JOKE_API_TIMEOUT_MS },
        warn: message => console.warn(message),
        ...overrides
    };
}
