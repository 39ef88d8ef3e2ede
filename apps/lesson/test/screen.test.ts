import { writeFileSync } from 'node:fs';
import { hasTerminals } from '@calc/test-helpers';
import { describe, expect, test } from 'vitest';
import { copyLessons, processesBelow } from './helpers.ts';

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
});
