import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawPictures } from '../pictures/draw-lessons.ts';

/** The texts of a picture, in any order: a reply may come before or after the answer to its POST. */
const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text).sort();

test('the pictures of the lessons show what their servers say; run: npm run pictures -w @calc/lesson', async () => {
    const drawn = Object.entries(await drawPictures());
    expect(drawn.length).toBeGreaterThan(2);
    for (const [file, svg] of drawn) {
        const committed = readFileSync(new URL(`../../../lessons/${file}`, import.meta.url), 'utf8');
        expect(texts(committed), file).toEqual(texts(svg));
    }
});
