import { DEFAULT_JOKE_API_URL, isHttpUrl, quoteArgument, quoteSetting } from '@calc/tools/settings';

/** What the process was started with, or what is wrong with it and what to do, in one line. */
export type Settings = { jokeApiUrl: string } | { problem: string };

/** Reads the settings: no argument, and one environment variable, JOKE_API_URL. An empty variable counts as not set. */
export function parseSettings(
    [argument]: readonly string[],
    env: Readonly<Record<string, string | undefined>>
): Settings {
    if (argument !== undefined) {
        return {
            problem: `The argument ${quoteArgument(argument)} is not known; set the environment variable JOKE_API_URL, or nothing`
        };
    }
    const url = env.JOKE_API_URL?.trim() || DEFAULT_JOKE_API_URL;
    return isHttpUrl(url)
        ? { jokeApiUrl: url }
        : { problem: `JOKE_API_URL must be an http or https URL, got ${quoteSetting(url)}` };
}
