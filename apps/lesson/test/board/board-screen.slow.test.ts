import { writeFileSync } from 'node:fs';
import { hasTerminals } from '@calc/test-helpers';
import { launchBrowser } from '@calc/test-helpers/browser';
import { expect, test } from 'vitest';
import { startBoard } from '../../src/board/board.ts';
import { texts } from '../../src/texts/texts.ts';
import { copyLessons } from '../helpers.ts';

const openBoard = () =>
    startBoard({ host: '127.0.0.1', port: 0, titles: new Map(), texts: texts.en.board, language: 'en' });

test('a browser shows each post as it comes, a name as text, and that the board has stopped', async () => {
    const board = await openBoard();
    const origin = `http://localhost:${board.port}`;
    const name = '<img src="/x" onerror="alert(1)">';
    await using browser = await launchBrowser();
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', message => complaints.push(message.text()));
    const connected = page.waitForResponse(`${origin}/events`);
    await page.goto(origin);
    await connected;
    await fetch(`${origin}/checks`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ learner: '0'.repeat(32), name, lesson: '01', status: 'failing', check: 'stream-opens' })
    });
    await page.getByRole('rowheader', { name, exact: true }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await board[Symbol.asyncDispose]();
    await page.getByRole('alert').filter({ hasText: 'The board has stopped' }).waitFor();
});

test.runIf(hasTerminals)('on a terminal, each save is posted; a board that stops leaves one line', async () => {
    const board = await openBoard();
    const url = `http://localhost:${board.port}`;
    using lessons = copyLessons();
    await using terminal = lessons.inTerminal(['start', '01', '--board', url, '--name', 'Ada']);
    await terminal.shown(/✗ GET \/sse opens an event stream/);
    await expect.poll(async () => (await fetch(url)).text()).toMatch(/Ada<.*stream-opens/);
    await board[Symbol.asyncDispose]();
    writeFileSync(lessons.work, lessons.solution);
    await terminal.shown(/Every check passes[\s\S]*The board at \S+ does not answer/);
    terminal.type('q');
    expect((await terminal.ended).code).toBe(0);
});

test('the command prints what learners type, with a code for a network, and a signal ends it', async () => {
    using teacher = copyLessons();
    await using command = teacher.inProcess('board', '--host', '0.0.0.0', '--port', '0', '--lang', 'en');
    const [, port, code] = await command.printed(/start 01 --board http:\/\/\S+:(\d+) --name NAME --code (\w{8})\n/);
    using ada = copyLessons();
    const url = `http://127.0.0.1:${port}`;
    await ada.run('start', '01', '--board', url, '--name', 'Ada', '--code', code ?? '');
    expect(await (await fetch(url)).text()).toContain('<bdi>Ada</bdi>');
    command.kill('SIGTERM');
    expect((await command.ended).code).toBe(0);
});
