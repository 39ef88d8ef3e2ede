import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { en } from '../src/i18n/en.ts';
import { fr } from '../src/i18n/fr.ts';
import { chooseLanguage, message, word } from '../src/i18n/i18n.ts';

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
const code = (text: string) => [...text.matchAll(/`[^`]*`/g)].map(String);

test('both languages have the same texts, with the same placeholders and code in them', () => {
    expect(Object.keys(fr)).toEqual(Object.keys(en));
    for (const [key, text] of Object.entries(en)) {
        const translated = fr[key as keyof typeof en];
        expect(translated.trim(), key).not.toBe('');
        expect([key, placeholders(translated), code(translated)]).toEqual([key, placeholders(text), code(text)]);
    }
});

const src = new URL('../src/', import.meta.url);
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.tsx?$/.test(path) && !/^i18n.(en|fr)\.ts$/.test(path))
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
    expect(Object.keys(en).filter(key => !isUsed(key))).toEqual([]);
    const said = Object.entries(en).map(([key, text]) => `${text} | ${fr[key as keyof typeof en]}`);
    expect(said.filter((both, index) => said.indexOf(both) !== index)).toEqual([]);
});

test('what is filled in may be a message itself, and is not filled in again', () => {
    const refused = message('error.refused', { status: '503: {reason}' });
    const failed = message('signIn.failed', { reason: refused });
    expect(word(en, failed)).toBe('Not signed in: the server answered 503: {reason}');
    expect(word(fr, failed)).toBe('Identification refusée : le serveur a répondu 503: {reason}');
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
