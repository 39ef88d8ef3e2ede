import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import type { Lesson } from '../catalog/catalog.ts';
import { workFolder } from './working-copy.ts';

/** The difference from the learner's code to the solution, as unified diff; an empty string if there is none. */
export function compareToSolution(lesson: Lesson): string {
    const [work, solution] = [workFolder(lesson), join(lesson.folder, 'solution')];
    const files = [...new Set([work, solution].flatMap(listFiles))].sort();
    return files.map(file => compareFile(file, join(work, file), join(solution, file))).join('');
}

function listFiles(folder: string): string[] {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter(each => each.isFile()).map(each => join(each.parentPath, each.name).slice(folder.length + 1));
}

function compareFile(name: string, work: string, solution: string): string {
    // An editor on Windows may write CRLF, which a learner need not see.
    const [before, after] = [work, solution].map(path =>
        existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : ''
    );
    if (before === after) return '';
    return createTwoFilesPatch(`work/${name}`, `solution/${name}`, before ?? '', after ?? '');
}

/** Colours the lines of a unified diff for a terminal. */
export function colour(patch: string): string {
    const style = (line: string) => {
        if (line.startsWith('+')) return styleText('green', line);
        if (line.startsWith('-')) return styleText('red', line);
        return line.startsWith('@') ? styleText('dim', line) : line;
    };
    return patch.trimEnd().split('\n').map(style).join('\n');
}
