import { DEFAULT_JOKE_API_URL } from '@calc/tools';
import { expect, test } from 'vitest';
import { ConfigError, parseJokeApiUrl } from '../src/config.ts';

test('JOKE_API_URL is taken without the space around it, and counts as not set when it is empty', () => {
    expect(parseJokeApiUrl({ JOKE_API_URL: ' https://jokes.example/one ' })).toBe('https://jokes.example/one');
    for (const JOKE_API_URL of [undefined, '', ' '])
        expect(parseJokeApiUrl({ JOKE_API_URL })).toBe(DEFAULT_JOKE_API_URL);
});

test('a JOKE_API_URL that fetch does not take is refused', () => {
    for (const JOKE_API_URL of ['jokes', 'file:///etc/passwd', 'https://me@jokes', 'https://:secret@jokes']) {
        expect(() => parseJokeApiUrl({ JOKE_API_URL }), JOKE_API_URL).toThrow(ConfigError);
    }
});
