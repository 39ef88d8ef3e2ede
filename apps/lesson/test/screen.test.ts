import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { hasTerminals } from '@calc/test-helpers';
import { describe, expect, test } from 'vitest';
import { copyLessons } from './helpers.ts';

/** The processes that run a file below the folder. */
function processesBelow(folder: string): string[] {
    const all = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
    return all.filter(line => line.includes(folder) && line.includes('server.ts'));
}

describe.runIf(hasTerminals)('the lesson in hand, on a terminal', () => {
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

    test('Ctrl-C while a check runs ends the command and its processes, and gives the terminal back', async () => {
        using lessons = copyLessons();
        await using terminal = lessons.inTerminal(['start', '01'], { SHELL: '/bin/sh' });
        await terminal.shown(/Checking/);
        terminal.type('\x03');
        expect((await terminal.ended).code).toBe(0);
        expect(processesBelow(lessons.folder)).toEqual([]);
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
