import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { expect, test } from 'vitest';
import { startBoard } from '../../src/board/board.ts';
import { texts } from '../../src/texts/texts.ts';
import { copyLessons } from '../helpers.ts';

const MINUTE = 60_000;
const noon = Date.UTC(2026, 0, 5, 12);

/** A board on a free port, and a clock that the test sets. */
async function openBoard(options: { code?: string; host?: string } = {}) {
    const clock = { now: noon };
    const titles = new Map([['01', 'A stream by hand']]);
    const board = await startBoard({
        host: '127.0.0.1',
        port: 0,
        titles,
        texts: texts.en.board,
        language: 'en',
        now: () => clock.now,
        ...options
    });
    const url = `http://localhost:${board.port}`;
    return {
        url,
        port: board.port,
        clock,
        post: (body: unknown, headers: Record<string, string> = { 'Content-Type': 'application/json' }) =>
            fetch(`${url}/checks`, {
                method: 'POST',
                headers,
                body: typeof body === 'string' ? body : JSON.stringify(body)
            }),
        page: async () => (await fetch(url)).text(),
        stop: () => board[Symbol.asyncDispose](),
        [Symbol.asyncDispose]: () => board[Symbol.asyncDispose]()
    };
}

/** What the only learner with this name posts. */
function failing(name: string, check = 'stream-opens') {
    const learner = createHash('md5').update(name).digest('hex');
    return { learner, name, lesson: '01', status: 'failing', check };
}
const names = (html: string) => [...html.matchAll(/<bdi>(.*?)<\/bdi>/g)].map(([, name]) => name);

test('two learners join, and the page shows at which lesson they are and which check fails', async () => {
    await using board = await openBoard();
    using ada = copyLessons();
    using bob = copyLessons();
    const joined = await ada.run('start', '01', '--board', board.url, '--name', 'Ada');
    expect(joined.stdout).toContain(`The board at ${board.url} shows you as Ada.`);
    await bob.run('start', '02', '--board', `${board.url}/`, '--name', 'Bob', '--lang', 'fr');
    expect(await board.page()).toMatch(/Ada<.*01 A stream by hand<.*started.*Bob<.*02.*started/);
    await ada.run('check', '01');
    expect(await board.page()).toMatch(/Ada<.*stream-opens.*Bob<.*started/);
    // What a later start says is that of the kept board and name.
    await ada.run('start', '02');
    expect(await board.page()).toMatch(/Ada<.*02.*started/);
});

test('learners with the same name have a row each, and one that renames itself or joins again keeps its row', async () => {
    await using board = await openBoard();
    using first = copyLessons();
    using second = copyLessons();
    const join = ['--board', board.url, '--name', 'Ada'];
    await first.run('start', '01', ...join);
    const joined = await second.run('start', '02', ...join);
    expect(joined.stderr).toBe('Another learner has your name: the board shows you as Ada (2).');
    expect(joined.stdout).toContain(`The board at ${board.url} shows you as Ada (2).`);
    expect(await board.page()).toMatch(/>Ada<.*01.*>Ada \(2\)<.*02/);
    expect(await second.run('start', '01')).toMatchObject({ stderr: '' });
    await first.run('start', '02', '--no-board');
    await first.run('start', '02', ...join);
    expect(await board.page()).toMatch(/>Ada<.*02.*>Ada \(2\)<.*01/);
    await second.run('start', '01', '--name', 'Bob');
    expect(names(await board.page())).toEqual(['Ada', 'Bob']);
});

test('EventSource gets the whole board at once, and again at each change', async () => {
    await using board = await openBoard();
    await board.post(failing('Ada'));
    const { headers, body } = await fetch(`${board.url}/events`);
    expect(headers.get('content-type')).toBe('text/event-stream');
    const events = body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
    expect(names((await events?.read())?.value?.data ?? '')).toEqual(['Ada']);
    await board.post(failing('Bob'));
    expect(names((await events?.read())?.value?.data ?? '')).toEqual(['Ada', 'Bob']);
});

test('a learner with the same check for more than ten minutes is stuck and comes first', async () => {
    await using board = await openBoard();
    for (const name of ['Ada', 'Bob', 'Eve']) await board.post(failing(name));
    board.clock.now += 6 * MINUTE;
    await board.post(failing('Ada', 'second-event'));
    // A save that does not even start is not progress, and neither is another start.
    await board.post({ ...failing('Bob'), check: undefined });
    await board.post({ ...failing('Bob'), status: 'started', check: undefined });
    await board.post({ ...failing('Eve'), status: 'passed', check: undefined });
    board.clock.now += 5 * MINUTE;
    await board.post(failing('Bob'));
    const page = await board.page();
    expect(names(page)).toEqual(['Bob', 'Ada', 'Eve']);
    expect(page).toMatch(
        /<tr class="stuck">.*Bob<.*stuck.*11 min.*<tr>.*Ada<.*second-event.*5 min.*<tr>.*Eve<.*passed/
    );
});

test('a name is text, never HTML; the page may load and run nothing else', async () => {
    await using board = await openBoard();
    await board.post(failing(`<script>alert("1")</script>&'`));
    const response = await fetch(board.url);
    expect(await response.text()).toContain('<bdi>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</bdi>');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toMatch(
        /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'self';/
    );
    expect(policy).not.toContain('unsafe');
});

test.each([
    ['an id in another form', { ...failing('Ada'), learner: 'Ada' }, 400, /learner/],
    ['no name', { ...failing('') }, 400, /name/],
    ['a name of 41 characters', failing('é'.repeat(41)), 400, /40 characters/],
    ['a name of two lines', failing('A\nB'), 400, /name/],
    ['a lesson that is not a number', { ...failing('Ada'), lesson: '<1' }, 400, /lesson/],
    ['an unknown status', { ...failing('Ada'), status: 'bored' }, 400, /status/],
    ['a check that is not an id', failing('Ada', '<b>'), 400, /check/],
    ['broken JSON', '{"name":', 400, /JSON/],
    ['a list', '[]', 400, /object/],
    ['a body over 4 KB', { ...failing('Ada'), more: 'x'.repeat(4096) }, 413, /large/]
])('%s is refused with a reason', async (_what, body, status, reason) => {
    await using board = await openBoard();
    const response = await board.post(body);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(reason);
    expect(names(await board.page())).toEqual([]);
});

test('a name of 40 characters is taken; a body that is not declared as JSON is not', async () => {
    await using board = await openBoard();
    expect((await board.post(failing('👋'.repeat(40)))).status).toBe(200);
    const simple = await board.post(failing('Ada'), { 'Content-Type': 'text/plain' });
    expect(simple.status).toBe(400);
    expect(names(await board.page())).toEqual(['👋'.repeat(40)]);
});

test('the board has room for 200 names; those on it can still post', async () => {
    await using board = await openBoard();
    for (let index = 0; index < 200; index++) await board.post(failing(`learner ${index}`));
    const late = await board.post(failing('Ada'));
    expect(late.status).toBe(503);
    expect(await late.text()).toMatch(/200/);
    expect((await board.post(failing('learner 7', 'second-event'))).status).toBe(200);
});

test('with a wrong code, the board takes nothing, and one line tells the learner so once', async () => {
    await using board = await openBoard({ code: 'k7m2qx' });
    using ada = copyLessons();
    const wrong = await ada.run('start', '01', '--board', board.url, '--name', 'Ada', '--code', 'guess');
    expect(wrong).toMatchObject({
        code: 0,
        stderr: `The board at ${board.url} refuses the join code. Ask your teacher for it.`
    });
    expect(await ada.run('start', '02')).toMatchObject({ code: 0, stderr: '' });
    expect((await board.post(failing('Eve'))).status).toBe(403);
    expect(names(await board.page())).toEqual([]);
    await ada.run('start', '01', '--code', 'k7m2qx');
    expect(await board.page()).toMatch(/Ada<.*started/);
});

test('a board that has stopped changes no result: one line says so once, outside of the JSON', async () => {
    const board = await openBoard();
    using ada = copyLessons();
    await ada.run('start', '01', '--board', board.url, '--name', 'Ada');
    await board.stop();
    const first = await ada.run('check', '01', '--json');
    expect(JSON.parse(first.stdout)).toMatchObject({ status: 'fail' });
    expect(first).toMatchObject({ code: 1, stderr: expect.stringMatching(/^The board at .* does not answer\..*$/) });
    expect(await ada.run('start', '02')).toMatchObject({ code: 0, stderr: '' });
});

test('--no-board leaves the board, and keeps the progress', async () => {
    await using board = await openBoard();
    using ada = copyLessons();
    await ada.run('start', '01', '--board', board.url, '--name', 'Ada');
    await ada.run('start', '02', '--no-board');
    expect(await board.page()).toMatch(/Ada<.*01 A stream by hand<.*started/);
    const kept = JSON.parse(readFileSync(join(ada.folder, '.progress.json'), 'utf8'));
    expect(kept).toMatchObject({ current: '02', lessons: { '01': {}, '02': {} } });
    expect(kept).not.toHaveProperty('board');
});

test.each([
    [['start', '01', '--board', 'board'], '--board must be the http address of the board, got board'],
    [['start', '01', '--board', 'http://localhost:1'], '--board requires --name'],
    [['start', '01', '--board', 'http://localhost:1', '--name', 'x'.repeat(41)], '--name must be 1 to 40 characters'],
    [['start', '01', '--name', 'Ada'], '--name and --code require --board'],
    [['board', '--port', '70000'], '--port must be'],
    [['board', '--host', '203.0.113.1'], 'The board cannot listen on 203.0.113.1']
])('%j is a usage error', async (args, message) => {
    using lessons = copyLessons();
    expect(await lessons.run(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
});

/** The status and text of GET / with a Host header, for a client that has another address of this machine. */
const ask = (port: number, host: string, localAddress = '127.0.0.1') =>
    new Promise<string>((resolve, reject) => {
        const sending = request(
            { host: '127.0.0.1', port, localAddress, headers: { Host: host }, agent: false },
            response => {
                response.setEncoding('utf8').once('data', text => resolve(`${response.statusCode} ${text}`));
            }
        );
        sending.on('error', reject).end();
    });

test('only a browser on this machine sees the names, by no name that another site chose', async () => {
    await using board = await openBoard({ host: '0.0.0.0', code: 'k7m2qx' });
    expect(await ask(board.port, `127.0.0.1:${board.port}`)).toMatch(/^200 /);
    expect(await ask(board.port, 'evil.example')).toBe(`403 ${texts.en.board.onlyItsMachine}`);
    const others = Object.values(networkInterfaces()).flatMap(all => all ?? []);
    for (const { address } of others.filter(({ internal, family }) => !internal && family === 'IPv4')) {
        expect(await ask(board.port, `localhost:${board.port}`, address)).toMatch(/^403 /);
    }
});
