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
