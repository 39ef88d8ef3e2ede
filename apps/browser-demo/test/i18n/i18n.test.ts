import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findLanguage, formatMessage, message } from '../../src/i18n/i18n.ts';
import * as say from '../../src/i18n/texts.ts';

/** All texts, by key. */
const texts = textsIn(say);

function textsIn(group: object, place = ''): [place: string, both: [en: string, fr: string]][] {
    return Object.entries(group).flatMap(([name, member]) =>
        Array.isArray(member) ? [[place + name, member as [string, string]]] : textsIn(member, `${place}${name}.`)
    );
}

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
const code = (text: string) => [...text.matchAll(/`[^`]*`/g)].map(String);

test('a text has the same placeholders and code in both languages', () => {
    for (const [key, [en, fr]] of texts) {
        expect([en.trim(), fr.trim()], key).not.toContain('');
        expect([key, placeholders(fr), code(fr)]).toEqual([key, placeholders(en), code(en)]);
    }
});

test('French punctuation stays on the line of its word', () => {
    expect(texts.map(([, [, fr]]) => fr).filter(fr => / [;:?!%»]|« /.test(fr))).toEqual([]);
});

const src = new URL('../../src/', import.meta.url);
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.tsx?$/.test(path) && !path.includes('texts'))
    .map(path => readFileSync(new URL(path, src), 'utf8'))
    .join('\n');

/** Whether the source uses a text, also by a computed key such as `say.fault[of].title`. */
const isUsed = (place: string) => {
    const [group = '', ...members] = place.split('.');
    const steps = members.map(member => `(\\.${member}\\b|\\[('${member}'|\\w[\\w.]*)\\])`);
    return new RegExp(`\\bsay\\.${group}${steps.join('')}`).test(sources);
};

test('every text is used, and none exists twice', () => {
    expect(['signIn.heading', 'fault.drop.title', 'status.open', 'signIn.nowhere'].map(isUsed)).toEqual([
        ...[true, true, true],
        false
    ]);
    expect(texts.map(([place]) => place).filter(place => !isUsed(place))).toEqual([]);
    const said = texts.map(([, both]) => both.join(' | '));
    expect(said.filter((both, index) => said.indexOf(both) !== index)).toEqual([]);
});

test('a value may be a message, and placeholders in values are not replaced', () => {
    const refused = message(say.error.refused, { status: '503: {reason}' });
    const failed = message(say.signIn.failed, { reason: refused });
    expect(formatMessage('en', failed)).toBe('Not signed in: the server answered 503: {reason}');
    expect(formatMessage('fr', failed)).toBe('Identification refusée\u00A0: le serveur a répondu 503: {reason}');
});

test.each([
    [['fr-CA', 'en'], 'fr'],
    [['de', 'FR'], 'fr'],
    [['', 'en-GB', 'fr'], 'en'],
    [['de', 'frr'], 'en'],
    [[], 'en']
])('a browser with the languages %j gets %s', (wanted, language) => {
    expect(findLanguage(wanted)).toBe(language);
});
