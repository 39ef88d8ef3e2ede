import { expect, test } from 'vitest';
import { chooseLanguage } from '../src/texts/choose-language.ts';
import { texts } from '../src/texts/texts.ts';

/** The path of each text, and how many values it takes. */
function keys(value: object, path = ''): string[] {
    return Object.entries(value).flatMap(([key, each]) => {
        if (typeof each === 'object') return keys(each, `${path}${key}.`);
        return `${path}${key}: ${typeof each === 'function' ? each.length : 'text'}`;
    });
}

/** Each text with its path. A function is its source, so that texts that take values can be compared as well. */
function sources(value: object, path = ''): [string, string][] {
    return Object.entries(value).flatMap(([key, each]): [string, string][] =>
        typeof each === 'object' ? sources(each, `${path}${key}.`) : [[`${path}${key}`, String(each)]]
    );
}

test('English and French have the same texts', () => {
    expect(keys(texts.fr)).toEqual(keys(texts.en));
});

test.each([
    [{ LESSON_LANG: 'fr', LANG: 'en_GB.UTF-8' }, 'en-US', 'fr'],
    [{ LANG: 'fr_CA.UTF-8' }, 'en-US', 'fr'],
    [{ LC_ALL: 'de_DE.UTF-8', LANG: 'fr_FR.UTF-8' }, 'fr-FR', 'en'],
    [{}, 'fr-FR', 'fr'],
    [{ LANG: 'C.UTF-8' }, 'fr-FR', 'en']
])('%o on a system with %s means %s', (env, systemLocale, language) => {
    expect(chooseLanguage(env, systemLocale)).toBe(language);
});

/** Both languages write these the same. */
const SAME = [
    'values.code',
    'minutes',
    'board.minutes',
    'doctor.node.name',
    'doctor.port.name',
    'doctor.wsl.name',
    'doctor.proxy.name'
];

test('every other text differs between English and French', () => {
    const english = new Map(sources(texts.en));
    const same = sources(texts.fr).filter(([path, text]) => english.get(path) === text);
    expect(same.map(([path]) => path)).toEqual(SAME);
});
