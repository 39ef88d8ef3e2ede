import { DEFAULT_JOKE_API_URL } from '@calc/tools/settings';
import { expect, test } from 'vitest';
import { parseSettings } from '../src/config.ts';

test('JOKE_API_URL is read without the space around it, and counts as not set when it is empty', () => {
    const read = (JOKE_API_URL: string | undefined) => parseSettings([], { JOKE_API_URL });
    expect(read(' https://jokes.example/one ')).toEqual({ jokeApiUrl: 'https://jokes.example/one' });
    for (const empty of [undefined, '', ' ']) expect(read(empty)).toEqual({ jokeApiUrl: DEFAULT_JOKE_API_URL });
});

test('a JOKE_API_URL that fetch does not accept is refused, without its password', () => {
    for (const JOKE_API_URL of ['jokes', 'file:///etc/passwd', 'https://me@jokes', 'https://:secret@jokes']) {
        const { problem } = Object(parseSettings([], { JOKE_API_URL }));
        expect(problem, JOKE_API_URL).toMatch(/^JOKE_API_URL must be an http or https URL, got "/);
        expect(problem).not.toMatch('secret');
    }
});
