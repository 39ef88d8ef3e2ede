import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBlocks } from './markdown.ts';

const LANGUAGES = ['ts', 'js', 'html', 'css', 'nginx', 'json'];

/** The folders that hold a learner's work, or wrong code. */
const EXCLUDED = /^(?:work|wrong)/;

/** Blocks of code in README.md that are not a piece of a file of the lesson; `// …` stands for lines left out. */
export function findCodeFaults(folder: string): string[] {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && !entry.name.endsWith('.md'))
        .map(({ parentPath, name }) => join(parentPath, name))
        .filter(path => !EXCLUDED.test(path.slice(folder.length + 1)))
        .map(path => flatten(readFileSync(path, 'utf8')));
    const page = join(folder, 'README.md');
    if (!existsSync(page)) return [];
    return findBlocks(readFileSync(page, 'utf8'))
        .filter(({ language }) => LANGUAGES.includes(language))
        .flatMap(({ text, line }) => {
            const pieces = text.split(/^\s*(?:\/\/|#) …$/m).map(flatten);
            const lost = pieces.find(piece => !files.some(file => file.includes(piece)));
            return lost === undefined ? [] : [`README.md:${line}: the block is not a piece of any file of the lesson`];
        });
}

/** The lines without indentation and without empty lines, each between two line feeds. */
const flatten = (text: string) =>
    `\n${text
        .split('\n')
        .map(line => line.trim())
        .filter(line => line !== '')
        .join('\n')}\n`;
