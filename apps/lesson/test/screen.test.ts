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
});
