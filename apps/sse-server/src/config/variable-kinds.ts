import { isIPv6 } from 'node:net';
import { isHttpUrl } from '@calc/tools/settings';
import { isWeb, parseHostSetting, parseOrigin, toText } from './authority.ts';

/** How the text of an environment variable becomes a value. */
export interface Kind<Value> {
    /** What the text must be, for errors. */
    expected: string;
    /** The value; undefined if the text is not as expected. */
    parse(text: string): Value | undefined;
    /** What is wrong with a text that looks valid. */
    hint?(text: string): string | undefined;
    /** Whether errors must not repeat the text. */
    isSecret?: boolean;
}

/** How many requests a client may send in a window of time. */
export interface RateLimit {
    requests: number;
    windowMs: number;
}

function text(expected: string, isValid: (text: string) => boolean): Kind<string> {
    return { expected, parse: text => (isValid(text) ? text : undefined) };
}

export function wholeNumber(min: number, max: number): Kind<number> {
    return {
        expected: `a whole number from ${min} to ${max}`,
        parse(text) {
            const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
            return number >= min && number <= max ? number : undefined;
        }
    };
}

export function choice<const Choice extends string>(choices: readonly Choice[]): Kind<Choice> {
    return { expected: `one of ${choices.join(', ')}`, parse: text => choices.find(choice => choice === text) };
}

/** Items separated by commas. */
function list(
    expected: string,
    parseItem: (item: string) => string | undefined,
    hintItem: (item: string) => string | undefined = () => undefined
): Kind<readonly string[]> {
    const toItems = (text: string) => text.split(',').map(item => item.trim());
    return {
        expected: `${expected}, separated by commas`,
        parse(text) {
            const values = toItems(text).map(parseItem);
            return values.every(value => value !== undefined) ? values : undefined;
        },
        hint: text => hintItem(toItems(text).find(item => parseItem(item) === undefined) ?? '')
    };
}

export const flag: Kind<boolean> = {
    expected: 'true or false',
    parse: text => (text === 'true' ? true : text === 'false' ? false : undefined)
};

export const address = text('a host name or an IP address', text =>
    isIPv6(text) ? URL.canParse(`http://[${text}]`) : /^[\w.-]+$/.test(text) && URL.canParse(`http://${text}`)
);

export const basePath = text(
    'a path such as /calc, without a slash at the end',
    text => /^(\/[\w.~-]+)+$/.test(text) && !/\/\.\.?(\/|$)/.test(text)
);

/** Bearer tokens (RFC 6750, section 2.1). */
export const tokens: Kind<readonly string[]> = {
    ...list('tokens of letters, digits and -._~+/=', item => (/^[\w.~+/-]+=*$/.test(item) ? item : undefined)),
    isSecret: true
};

export const hosts = list(
    'host names without scheme or path',
    item => {
        const host = parseHostSetting(item);
        return host && toText(host);
    },
    item => (item.includes('*') ? 'wildcards are not supported, list each host' : undefined)
);

export const origins = list(
    'origins such as https://example.com',
    item => {
        const origin = parseOrigin(item);
        // The origin of an extension or an app has a name. One without a name, such as file://, is that of many pages.
        return origin && (isWeb(origin) || origin.name !== '') ? toText(origin) : undefined;
    },
    item => {
        if (item.includes('*')) return 'wildcards are not supported, list each origin';
        return /^(null|file:\/*)$/i.test(item) ? `${item} is the origin of all files and sandboxed pages` : undefined;
    }
);

export const proxies: Kind<number> = {
    expected: 'false, or the number of proxies in front, from 1 to 100',
    parse: text => (text === 'false' ? 0 : /^([1-9]\d?|100)$/.test(text) ? Number(text) : undefined)
};

const WINDOWS_MS: Readonly<Record<string, number>> = { second: 1000, minute: 60_000, hour: 3_600_000 };

/** Null for no limit. */
export const rate: Kind<RateLimit | null> = {
    expected: 'off, or a number per second, minute or hour such as 6000/minute',
    parse(text) {
        if (text === 'off') return null;
        const [, requests, unit = ''] = /^([1-9]\d{0,8})\/(second|minute|hour)$/.exec(text) ?? [];
        const windowMs = WINDOWS_MS[unit];
        return windowMs === undefined ? undefined : { requests: Number(requests), windowMs };
    }
};

/** Where a Redis is. The text may have a password. */
export const redisUrl: Kind<string> = {
    expected: 'redis[s]://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]',
    parse: text => (hintRedisUrl(text) ? undefined : text),
    hint: hintRedisUrl,
    isSecret: true
};

function hintRedisUrl(text: string): string | undefined {
    if (!/^rediss?:\/\//.test(text)) return 'it must begin with redis://, or with rediss:// for TLS';
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url && URL.canParse(text.replace(/:\d+(?=(\/\d*)?$)/, ''))) return 'a port is at most 65535';
    if (!url?.hostname) return 'the characters / ? # @ of a password must be escaped: %2F %3F %23 %40';
    if (!/^(\/\d{0,4})?$/.test(url.pathname)) return 'after the host only the number of a database may follow';
    if (url.search || url.hash) return 'neither a query nor a fragment may follow';
    return isEscaped(url.username) && isEscaped(url.password) ? undefined : 'a % of a password must be escaped: %25';
}

/** Whether each % begins the code of a character. */
function isEscaped(text: string): boolean {
    try {
        decodeURIComponent(text);
        return true;
    } catch {
        return false;
    }
}

export const path = text('the path of a file', text => !text.includes('\0'));

export const httpUrl = text('an http or https URL', isHttpUrl);
