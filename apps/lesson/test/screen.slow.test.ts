import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasTerminals } from '@calc/test-helpers';
import { describe, expect, test } from 'vitest';
import { copyLessons } from './helpers.ts';

describe.runIf(hasTerminals)('the lesson in hand, on a terminal', () => {
    test('a save that the system does not report is found by its time, and the screen names the key', async () => {
        using lessons = copyLessons();
        // chokidar then looks once an hour, as if the folder were on a network.
        const deaf = { CHOKIDAR_USEPOLLING: 'true', CHOKIDAR_INTERVAL: '3600000' };
        await using terminal = lessons.inTerminal(['start', '01'], deaf);
        await terminal.shown(/✗ GET \/sse/);
        writeFileSync(lessons.work, lessons.solution);
        await terminal.shown(/does not report saves of this folder.*Press c after a save/);
        await terminal.shown(/Every check passes/);
        terminal.type('q');
        await terminal.ended;
    });

    test("the learner's own server has the surroundings of a check, and the screen shows its token", async () => {
        using lessons = copyLessons();
        const path = join(lessons.first, 'lesson.json');
        const description = JSON.parse(readFileSync(path, 'utf8'));
        writeFileSync(path, JSON.stringify({ ...description, token: true, jokeApi: true }));
        mkdirSync(dirname(lessons.work));
        const mark = JSON.stringify(join(lessons.folder, 'mark-'));
        const note = `writeFileSync(${mark} + process.env.PORT, process.env.JOKE_URL + ' ' + process.env.TOKEN);`;
        writeFileSync(lessons.work, `import { writeFileSync } from 'node:fs';\n${note}\n${lessons.solution}`);
        await using terminal = lessons.inTerminal(['start', '01']);
        await terminal.shown(/Token {2}lesson-token\r\n/);
        await terminal.shown(/Every check passes/);
        const notes = readdirSync(lessons.folder).filter(name => name.startsWith('mark-'));
        const texts = notes.map(name => readFileSync(join(lessons.folder, name), 'utf8'));
        expect(texts).toContainEqual(expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/jokes\/random lesson-token$/));
        terminal.type('q');
        await terminal.ended;
    });
});
