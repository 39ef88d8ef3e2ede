import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { isWeb, parseHostSetting, parseOrigin, toText } from './authority.ts';

// How the texts of environment variables are read. Each kind says what it expects and repeats what it got,
// unless that is a secret.

/** How often a client may ask; undefined for no limit. */
export interface RateLimit {
    requests: number;
    windowMs: number;
}

/** As much of a value as helps to find the mistake, without what it may hold by mistake: a password, a key. */
export function quote(value: string): string {
    if (value.includes('-----BEGIN')) return 'PEM';
    return JSON.stringify(value.replace(/\/\/[^/@]*@/, '//…@'));
}

export function text(expected: string, isValid: (value: string) => boolean) {
    return z.string().refine(isValid, { error: ({ input }) => `must be ${expected}, got ${quote(String(input))}` });
}

export function wholeNumber(min: number, max: number) {
    const isInRange = (value: string) => /^\d{1,10}$/.test(value) && Number(value) >= min && Number(value) <= max;
    return text(`a whole number from ${min} to ${max}`, isInRange).transform(Number);
}

export function flag() {
    return text('true or false', value => value === 'true' || value === 'false').transform(value => value === 'true');
}

export function choice<const Choices extends readonly string[]>(choices: Choices) {
    const isChoice = (value: string) => choices.includes(value);
    return text(`one of ${choices.join(', ')}`, isChoice).transform(value => value as Choices[number]);
}

function split(value: string): string[] {
    return value.split(',').map(item => item.trim());
}

/** Reads each item by `parse`, which returns undefined for a bad one; `hint` says what is wrong with that, if it can. */
export function list(
    expected: string,
    parse: (item: string) => string | undefined,
    hint: (item: string) => string | undefined
) {
    const findBad = (value: string) => split(value).find(item => parse(item) === undefined);
    const error = ({ input }: { input?: unknown }) => {
        const bad = findBad(String(input)) ?? '';
        const reason = hint(bad);
        return `must be ${expected}${reason ? ` (${reason})` : ''}, got ${quote(String(input))}`;
    };
    const isGood = (value: string) => findBad(value) === undefined;
    return z
        .string()
        .refine(isGood, { error })
        .transform(value => split(value).map(item => parse(item) ?? item));
}

/** Like a list, but what it holds stays out of errors. */
export function secretList(expected: string, isValid: (item: string) => boolean) {
    return z
        .string()
        .refine(value => split(value).every(isValid), { error: `must be ${expected}` })
        .transform(split);
}

export function isAddress(value: string): boolean {
    if (isIPv6(value)) return URL.canParse(`http://[${value}]`);
    return /^[\w.-]+$/.test(value) && URL.canParse(`http://${value}`);
}

export function isBasePath(value: string): boolean {
    return /^(\/[\w.~-]+)+$/.test(value) && !/\/\.\.?(\/|$)/.test(value);
}

/** RFC 6750, section 2.1: what may stand behind `Bearer`. */
export function isToken(value: string): boolean {
    return /^[\w.~+/-]+=*$/.test(value);
}

export function toHost(item: string): string | undefined {
    const host = parseHostSetting(item);
    return host && toText(host);
}

/** What is wrong with a host that looks as if it could work. */
export function hintHost(item: string): string | undefined {
    return item.includes('*') ? 'wildcards are not supported, list each host' : undefined;
}

export function toOrigin(item: string): string | undefined {
    const origin = parseOrigin(item);
    // An extension or an app has a name; what has none, such as file://, is the origin of many pages.
    return origin && (isWeb(origin) || origin.name !== '') ? toText(origin) : undefined;
}

/** What is wrong with an origin that looks as if it could work. */
export function hintOrigin(item: string): string | undefined {
    if (item.includes('*')) return 'wildcards are not supported, list each origin';
    return /^(null|file:\/*)$/i.test(item)
        ? `${item} is the origin of files and sandboxed pages of any kind`
        : undefined;
}

export function isHops(value: string): boolean {
    return value === 'false' || /^([1-9]\d?|100)$/.test(value);
}

export function toHops(value: string): number {
    return value === 'false' ? 0 : Number(value);
}

const WINDOWS_MS = { second: 1000, minute: 60_000, hour: 3_600_000 };
const RATE = /^([1-9]\d{0,8})\/(second|minute|hour)$/;

export function isRate(value: string): boolean {
    return value === 'off' || RATE.test(value);
}

export function toRate(value: string): RateLimit | undefined {
    const [, requests, window] = RATE.exec(value) ?? [];
    return window === undefined
        ? undefined
        : { requests: Number(requests), windowMs: WINDOWS_MS[window as keyof typeof WINDOWS_MS] };
}

export function isPath(value: string): boolean {
    return !value.includes('\0');
}

export function isHttpUrl(value: string): boolean {
    if (!URL.canParse(value)) return false;
    const { protocol, username, password } = new URL(value);
    // Node's fetch takes no URL that has a name and a password in it.
    return /^https?:$/.test(protocol) && username + password === '';
}
