import { DEFAULT_JOKE_API_URL, JOKE_API_TIMEOUT_MS } from './settings.ts';
import type { Environment } from './tool.ts';

/** The real environment: system clock, random numbers, network and the default joke API. Tests override parts of it. */
export function createEnvironment(overrides: Partial<Environment> = {}): Environment {
    return {
        now: () => new Date(),
        random: Math.random,
        // Read at each call, because instrumentation may replace the global later.
        fetch: (...args) => globalThis.fetch(...args),
        jokeApi: { url: DEFAULT_JOKE_API_URL, timeoutMs: JOKE_API_TIMEOUT_MS },
        warn: message => console.warn(message),
        ...overrides
    };
}
