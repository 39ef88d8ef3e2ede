import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findForbidden, type Term, termsIn } from './glossary.ts';
import { findBlocks, proseOf, type Section, splitSections } from './markdown.ts';

/** The mark of a French section: the English text that it was made from, and the terms of the glossary in it. */
const MARK = /^<!-- en: (.*) -->$/m;

interface Pages {
    english: string;
    french: string;
}

/** Compares README.fr.md in a folder with README.md and the glossary. Returns what is not as it should be. */
export function findFrenchFaults(folder: string, terms: readonly Term[]): string[] {
    const pages = readPages(folder);
    if (!pages) return ['README.md and README.fr.md must both exist'];
    const faults: string[] = [];
    const [english, french] = [splitSections(pages.english), splitSections(pages.french)];
    if (english.length !== french.length) {
        return [`README.fr.md has ${french.length} sections, and README.md ${english.length}`];
    }
    for (const [index, section] of french.entries()) {
        faults.push(...findSectionFaults(english[index] as Section, section, terms));
    }
    const [blocks, blocs] = [findBlocks(pages.english), findBlocks(pages.french)];
    for (const [index, { language, text, line }] of blocks.entries()) {
        const bloc = blocs[index];
        if (bloc?.language === language && bloc.text === text) continue;
        faults.push(`README.fr.md:${bloc?.line ?? 'end'}: the block differs from README.md:${line}`);
        break;
    }
    if (blocs.length > blocks.length) faults.push('README.fr.md has more blocks than README.md');
    return faults;
}

function findSectionFaults(english: Section, french: Section, terms: readonly Term[]): string[] {
    const where = `README.fr.md, "${french.heading}"`;
    const forbidden = findForbidden(proseOf(french.text), terms).map(fault => `${where}: ${fault}`);
    const [, mark = ''] = MARK.exec(french.text) ?? [];
    const [text, words] = mark.split(' ');
    const [newText, newWords] = hashesOf(english, terms);
    const accept = 'read the section, mend it, and run verify --accept-french';
    if (text !== newText) return [`${where}: "${english.heading}" of README.md has changed; ${accept}`, ...forbidden];
    if (words !== newWords) {
        const used = termsIn(english.text, terms).map(({ en }) => en);
        return [`${where}: the glossary has changed for one of ${used.join(', ')}; ${accept}`, ...forbidden];
    }
    return forbidden;
}

/** Writes into README.fr.md that each section is made from the English and the glossary as they are. */
export function acceptFrench(folder: string, terms: readonly Term[]): void {
    const pages = readPages(folder);
    if (!pages) return;
    const english = splitSections(pages.english);
    const french = splitSections(pages.french).map(({ heading, text }, index) => {
        const original = english[index];
        const rest = text.slice(heading.length + 1).replace(new RegExp(`${MARK.source}\n`, 'm'), '');
        return original ? `${heading}\n<!-- en: ${hashesOf(original, terms).join(' ')} -->\n${rest}` : text;
    });
    writeFileSync(join(folder, 'README.fr.md'), french.join('').replace(/\n+$/, '\n'));
}

/** Of the section, and of the terms in it. */
function hashesOf({ text }: Section, terms: readonly Term[]): [string, string] {
    const hash = (value: string) => createHash('sha256').update(value).digest('hex').slice(0, 8);
    return [hash(text.trimEnd()), hash(JSON.stringify(termsIn(text, terms)))];
}

function readPages(folder: string): Pages | undefined {
    const [english, french] = [join(folder, 'README.md'), join(folder, 'README.fr.md')];
    if (!existsSync(english) || !existsSync(french)) return undefined;
    return { english: readFileSync(english, 'utf8'), french: readFileSync(french, 'utf8') };
}
