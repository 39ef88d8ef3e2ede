#!/usr/bin/env node
// Writes the tour of docs/page.md from the texts of the page: `node --import tsx scripts/write-page-tour.mjs`.
// A test holds the file to this script.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatMessage } from '../apps/browser-demo/src/i18n/i18n.ts';
import { tourSteps } from '../apps/browser-demo/src/tour/steps.ts';

const BEGIN = '<!-- The texts of the tour in the page: node --import tsx scripts/write-page-tour.mjs -->\n';
const END = '<!-- The end of the tour -->\n';

/** The page with the current texts between the two comments. */
export function withTour(page) {
    const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
    if (begin === -1 || end < begin) throw new Error(`docs/page.md must have the lines ${BEGIN}and ${END}`);
    const say = message => formatMessage('en', message);
    const lines = tourSteps.map(
        ({ title, act, see }, index) => `${index + 1}. **${say(title)}.** ${say(act)} ${say(see)}\n`
    );
    return page.slice(0, begin + BEGIN.length) + lines.join('') + page.slice(end);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const path = fileURLToPath(new URL('../docs/page.md', import.meta.url));
    writeFileSync(path, withTour(readFileSync(path, 'utf8')));
}
