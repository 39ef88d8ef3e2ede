import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chooseLanguage, message, word } from '../src/i18n/i18n.ts';
import { texts } from '../src/i18n/texts.ts';

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
const code = (text: string) => [...text.matchAll(/`[^`]*`/g)].map(String);

test('a text has the same placeholders and code in both languages', () => {
    for (const [key, [en, fr]] of Object.entries(texts)) {
        expect([en.trim(), fr.trim()], key).not.toContain('');
        expect([key, placeholders(fr), code(fr)]).toEqual([key, placeholders(en), code(en)]);
    }
});

const src = new URL('../src/', import.meta.url);
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.tsx?$/.test(path) && !path.endsWith('texts.ts'))
    .map(path => readFileSync(new URL(path, src), 'utf8'))
    .join('\n');
/** The keys that sources name: whole ones, and templates with any word in each of their gaps. */
const whole = new Set([...sources.matchAll(/'([a-z][\w.-]+)'/gi)].map(([, key]) => key));
const templates = [...sources.matchAll(/`((?:[\w.-]|\$\{[^`{}]+\})+)`/g)]
    .map(([, key = '']) => key.replace(/\$\{[^}]+\}/g, '*'))
    .filter(key => key.includes('*') && /[a-z]{3}/i.test(key))
    .map(key => new RegExp(`^${key.replaceAll('.', '\\.').replaceAll('*', '[\\w-]+')}$`));
const isUsed = (key: string) => whole.has(key) || templates.some(template => template.test(key));

test('every text is used, and said under one key only', () => {
    expect(['signIn.heading', 'entry.closed.failed', 'entry.nowhere.failed'].map(isUsed)).toEqual([true, true, false]);
    expect(Object.keys(texts).filter(key => !isUsed(key))).toEqual([]);
    const said = Object.values(texts).map(both => both.join(' | '));
    expect(said.filter((both, index) => said.indexOf(both) !== index)).toEqual([]);
});

test('what is filled in may be a message itself, and is not filled in again', () => {
    const refused = message('error.refused', { status: '503: {reason}' });
    const failed = message('signIn.failed', { reason: refused });
    expect(word('en', failed)).toBe('Not signed in: the server answered 503: {reason}');
    expect(word('fr', failed)).toBe('Identification refusée\u00A0: le serveur a répondu 503: {reason}');
});

test.each([
    [['fr-CA', 'en'], 'fr'],
    [['de', 'FR'], 'fr'],
    [['', 'en-GB', 'fr'], 'en'],
    [['de', 'frr'], 'en'],
    [[], 'en']
])('a browser that wants %j gets %s', (wanted, language) => {
    expect(chooseLanguage(wanted)).toBe(language);
});
