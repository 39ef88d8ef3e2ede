// Settings of every server of the calculator. This entry loads no library, so that reading them is fast.

import { cut } from './words.ts';

/** The public API that `random-joke` calls by default. */
export const DEFAULT_JOKE_API_URL = 'https://api.chucknorris.io/jokes/random';

/** Time limit for that API's whole answer, in milliseconds. */
export const JOKE_API_TIMEOUT_MS = 3000;

/** Longest value of a setting that an error repeats, in characters. */
const MAX_SETTING = 200;
/** Longest argument that an error repeats, in characters. */
const MAX_ARGUMENT = 40;

/** Whether `fetch` accepts the address: an http or https URL without a user name and password. */
export function isHttpUrl(text: string): boolean {
    if (!URL.canParse(text)) return false;
    const { protocol, username, password } = new URL(text);
    return /^https?:$/.test(protocol) && username + password === '';
}

/** A setting's value for an error: cut short, without a password in a URL and without a key in PEM. */
export function quoteSetting(value: string): string {
    if (value.includes('-----BEGIN')) return 'PEM';
    const safe = value.replace(/\/\/[^/@]*@/, '//…@');
    return JSON.stringify(cut(safe, MAX_SETTING));
}

/** An argument of a command line for an error. */
export function quoteArgument(argument: string): string {
    return JSON.stringify(cut(argument, MAX_ARGUMENT));
}
