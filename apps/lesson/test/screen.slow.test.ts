import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { hasTerminals } from '@calc/test-helpers';
import { describe, expect, test } from 'vitest';
import { copyLessons, processesBelow } from './helpers.ts';

describe.runIf(hasTerminals)('the lesson in hand, on a terminal', () => {
    test('Ctrl-C while a check runs ends the command and its processes, and gives the terminal back', async () => {
        using lessons = copyLessons();
        await using terminal = lessons.inTerminal(['start', '01'], { SHELL: '/bin/sh' });
        await terminal.shown(/Checking/);
        terminal.type('\x03');
        expect((await terminal.ended).code).toBe(0);
        expect(processesBelow(lessons.folder)).toEqual([]);
    });

    test('a save that passes is checked by itself; h, d and n do what they say; q leaves no process', async () => {
        using lessons = copyLessons();
        await using terminal = lessons.inTerminal(['start', '01']);
        await terminal.shown(/Checking/);
        terminal.type('h');
        await terminal.shown(
            /The hint comes when the check has ended[\s\S]*✗ GET \/sse opens an event stream[\s\S]*Hint 1 of 3/
        );
        await terminal.shown(/Server http:\/\/localhost:\d+\/sse\r\nPage {3}http:\/\/localhost:\d+\r\n/);
        terminal.type('h');
        await terminal.shown(/Hint 2 of 3/);
        terminal.type('d');
        await terminal.shown(/\+ {4}res\.writeHead\(200/);
        terminal.type('n');
        await terminal.shown(/Press n again to leave it/);
        writeFileSync(lessons.work, lessons.solution);
        await terminal.shown(/Every check passes/);
        terminal.type('n');
        await terminal.shown(/02\. The protocol by hand[\s\S]*✗ The stream begins with the event `endpoint`/);
        terminal.type('q');
        expect((await terminal.ended).code).toBe(0);
        expect(processesBelow(lessons.folder)).toEqual([]);
    });

    test("the screen says that the learner's own server has ended by itself", async () => {
        using lessons = copyLessons();
        mkdirSync(dirname(lessons.work));
        const mark = JSON.stringify(join(lessons.folder, 'pid-'));
        const note = `writeFileSync(${mark} + process.pid, '');`;
        writeFileSync(lessons.work, `import { writeFileSync } from 'node:fs';\n${note}\n${lessons.solution}`);
        await using terminal = lessons.inTerminal(['start', '01']);
        await terminal.shown(/Every check passes/);
        // The servers of the checks have ended.
        for (const name of readdirSync(lessons.folder).filter(name => name.startsWith('pid-')))
            endIfRunning(name.slice(4));
        await terminal.shown(/Server http:\S+\/sse does not run any more/);
        terminal.type('q');
        await terminal.ended;
    });

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

    test('where another program has port 3001, the screen names the port to use in its place', async () => {
        using lessons = copyLessons();
        const holder = createServer();
        // If this fails, there is such a program already.
        await new Promise(resolve => holder.once('error', resolve).listen(3001, '127.0.0.1', () => resolve(undefined)));
        try {
            await using terminal = lessons.inTerminal(['start', '01']);
            await terminal.shown(
                /Server http:\/\/localhost:(\d+)\/sse[\s\S]*Another program has port 3001\. .*write \1 in its place/
            );
            terminal.type('q');
            await terminal.ended;
        } finally {
            holder.close();
        }
    });

    test('r asks, keeps a copy, and starts again from the problem', async () => {
        using lessons = copyLessons();
        mkdirSync(dirname(lessons.work));
        writeFileSync(lessons.work, lessons.solution);
        await using terminal = lessons.inTerminal(['start', '01', '--lang', 'fr']);
        await terminal.shown(/Toutes les vérifications réussissent/);
        terminal.type('r');
        await terminal.shown(/Repartir du problème/);
        terminal.type('x');
        await terminal.shown(/Rien n'a été modifié/);
        expect(readFileSync(lessons.work, 'utf8')).toBe(lessons.solution);
        terminal.type('r');
        terminal.type('o');
        await terminal.shown(/est gardé dans .*work\.saved-/);
        await terminal.shown(/✗ GET \/sse ouvre/);
        expect(readdirSync(lessons.first).filter(name => name.startsWith('work.saved-'))).toHaveLength(1);
        terminal.type('q');
        await terminal.ended;
    });

    test('without a command, the list leads to the lesson; l leads back, Esc to the lesson again, q out', async () => {
        using lessons = copyLessons();
        await using terminal = lessons.inTerminal([]);
        await terminal.shown(/Choose a lesson[\s\S]*02 {2}The protocol by hand/);
        terminal.type('\r');
        await terminal.shown(/✗ GET \/sse/);
        expect(existsSync(lessons.work)).toBe(true);
        terminal.type('l');
        await terminal.shown(/Choose a lesson[\s\S]*Choose a lesson[\s\S]*▸ 01/);
        terminal.type('\x1b');
        await terminal.shown(/▸ 01[\s\S]*✗ GET \/sse/);
        terminal.type('l');
        await terminal.shown(/▸ 01[\s\S]*✗ GET \/sse[\s\S]*▸ 01/);
        terminal.type('q');
        expect((await terminal.ended).code).toBe(0);
        expect(processesBelow(lessons.folder)).toEqual([]);
    });
});

function endIfRunning(pid: string) {
    try {
        process.kill(Number(pid), 'SIGKILL');
    } catch {
        // It has ended.
    }
}
