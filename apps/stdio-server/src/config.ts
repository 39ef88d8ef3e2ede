import { DEFAULT_JOKE_API_URL } from '@calc/tools';

/** A variable or an argument that cannot be used; the message names it and says what was expected. */
export class ConfigError extends Error {
    override name = 'ConfigError';
}

/**
 * Where `random-joke` asks: `JOKE_API_URL`, which counts as not set when it is empty.
 *
 * @throws {ConfigError} if that is no URL that fetch takes.
 */
export function parseJokeApiUrl(env: Readonly<Record<string, string | undefined>>): string {
    const text = env.JOKE_API_URL?.trim();
    if (!text) return DEFAULT_JOKE_API_URL;
    if (URL.canParse(text)) {
        const { protocol, username, password } = new URL(text);
        if (/^https?:$/.test(protocol) && username + password === '') return text;
    }
    // A password in it is nobody's to see.
    const shown = JSON.stringify(text.replace(/\/\/[^/@]*@/, '//…@'));
    throw new ConfigError(`JOKE_API_URL must be an http or https URL, got ${shown}`);
}

/**
 * Refuses arguments: there are none to give.
 *
 * @throws {ConfigError} if there is one.
 */
export function checkArguments([first]: readonly string[]): void {
    if (first === undefined) return;
    const shown = JSON.stringify(first.slice(0, 40));
    throw new ConfigError(
        `The argument ${shown} is not known; this server takes none, and one environment variable, JOKE_API_URL`
    );
}
