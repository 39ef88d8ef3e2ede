import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { findLesson, readCatalog } from '../../src/catalog/catalog.ts';
import { createTestProgram, root } from '../helpers.ts';

const catalog = readCatalog(join(root, 'lessons'));

const list = (folder: string, recursive: boolean) =>
    readdirSync(join(root, folder), { recursive, encoding: 'utf8' }).map(name => join(folder, name));

/** All pages and all lesson.json of the project, without what learners write. */
const documents = [...list('.', false), ...['docs', 'lessons', 'deploy'].flatMap(folder => list(folder, true))].filter(
    path => /\.md$|lesson\.json$/.test(path) && !/[\\/]work/.test(path)
);

/** What follows `npm run lesson --`, to the end of the line or of the code. */
const COMMAND = /npm run (?:--silent )?lesson(?: --prefix \S+)?(?: -- ([^\n`"]*))?/g;

const commands = documents.flatMap(path => {
    const lines = readFileSync(join(root, path), 'utf8').matchAll(COMMAND);
    return [...lines].map(([, words = '']) => ({ document: path, words: words.trim() }));
});

/** Parses the words as the command does, and runs nothing. Returns what is wrong with them. */
async function parse(words: string): Promise<string | undefined> {
    const program = createTestProgram('en');
    const numbers: string[] = [];
    for (const command of program.commands) {
        const takesLesson = /number/.test(command.registeredArguments[0]?.name() ?? '');
        command.action((first: string | string[]) => void (takesLesson && numbers.push(...[first].flat())));
    }
    try {
        // In prose, NN is the number of any lesson.
        await program.parseAsync(
            words
                .split(' ')
                .map(word => word.replace(/^NN$/, '01'))
                .filter(Boolean),
            { from: 'user' }
        );
    } catch (error) {
        return (error as CommanderError).message;
    }
    return numbers.find(number => !findLesson(catalog, number));
}

test('each command of the lessons in a page exists, with its options and its lesson', async () => {
    expect(commands.length).toBeGreaterThan(70);
    const faults = await Promise.all(commands.map(async each => ({ ...each, fault: await parse(each.words) })));
    expect(faults.filter(({ fault }) => fault !== undefined)).toEqual([]);
});

test.each([
    ['fly', /too many arguments/],
    ['list --fast', /unknown option '--fast'/],
    ['check', /missing required argument/],
    ['check 13', /^13$/],
    ['verify 01 99', /^99$/],
    ['start 01 02', /too many arguments/],
    ['start 01 --board', /argument missing/]
])('a page that named `%s` would fail', async (words, fault) => {
    expect(await parse(words)).toMatch(fault);
});
