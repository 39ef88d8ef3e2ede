import { builtInJokes } from './built-in-jokes.ts';

/** Matches the address of one built-in joke (RFC 6570); `number` counts from 1. */
export const JOKE_URI_TEMPLATE = 'joke://built-in/{number}';

/** The addresses of all built-in jokes. */
export const jokeUris: readonly string[] = builtInJokes.map((_joke, index) => `joke://built-in/${index + 1}`);

/** The built-in joke of that number, counted from 1 and written without leading zeros; undefined if there is none. */
export function findJoke(number: string): string | undefined {
    return /^[1-9]\d*$/.test(number) ? builtInJokes[Number(number) - 1] : undefined;
}

/** The joke numbers that start with what was typed so far. */
export function completeJokeNumber(typed: string): string[] {
    return builtInJokes.map((_joke, index) => String(index + 1)).filter(number => number.startsWith(typed));
}
