import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { findFreePort } from '../src/learner/free-port.ts';
import { listening, startProgram } from '../src/learner/start-process.ts';
import { copyLessons } from './helpers.ts';

test('a lesson from its start to its end: start, check, hints, and the next one', async () => {
    using lessons = copyLessons();
    const started = await lessons.run('start', '1');
    expect(started).toMatchObject({ code: 0, stderr: '' });
    expect(started.stdout).toContain(join('01-a-stream-by-hand', 'work', 'server.ts'));

    const failed = await lessons.run('check', '01', '--seed', '7');
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/^✗ GET \/sse opens an event stream\n/);
    expect(failed.stdout).toContain('--seed 7');
    expect(failed.stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(15);

    const { hints } = JSON.parse(readFileSync(join(lessons.first, 'lesson.json'), 'utf8'));
    for (const { check, en } of hints) {
        if (check === 'stream-opens') expect((await lessons.run('hint', '01')).stdout).toContain(en);
    }

    writeFileSync(lessons.work, lessons.solution);
    const passed = await lessons.run('check', '01');
    expect(passed.stdout).toMatch(/Lesson 01 passed: A stream by hand\. Next: npm run lesson -- start 02$/);
    expect(passed.stdout.match(/^✓ /gm)).toHaveLength(5);
    expect(passed.code).toBe(0);
    expect((await lessons.run('hint', '01')).stdout).toMatch(/^Every check of lesson 01 passes/);
    expect((await lessons.run('list')).stdout).toMatch(/^✓ 01 .*\n {2}02 [\s\S]*1 of 2 passed/);
});

test('a failing check prints the checks that passed above it; the failure itself keeps to 15 lines', async () => {
    using lessons = copyLessons();
    await lessons.run('start', '01');
    writeFileSync(lessons.work, lessons.solution.replace("'connected'", "'hello'"));
    const { stdout } = await lessons.run('check', '01');
    const [passed = '', failure = ''] = stdout.split(/\n\n(?=✗)/);
    expect(passed).toBe('✓ GET /sse opens an event stream');
    expect(failure).toMatch(/^✗ The first event is `connected`\n/);
    expect(failure.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
});

test('a hint names its check by the title, also before the first check', async () => {
    using lessons = copyLessons();
    const { stdout } = await lessons.run('hint', '01', '--lang', 'fr');
    expect(stdout).toMatch(/^Indice 1 sur 3, pour : GET \/sse ouvre un flux d'événements\n/);
});

test('start names the files that the learner edits', async () => {
    using lessons = copyLessons();
    const path = join(lessons.first, 'lesson.json');
    const description = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...description, edit: ['clock.ts', 'prompts.ts'] }));
    const { stdout } = await lessons.run('start', '01');
    expect(stdout).toMatch(/^Your copy: .*work[/\\]clock\.ts, prompts\.ts$/m);
});

test('check --url grades a server that runs elsewhere, and leaves the progress alone', async () => {
    using lessons = copyLessons();
    const port = String(await findFreePort());
    const script = join(lessons.first, 'solution/server.ts');
    await using server = runNode('--import', ['tsx', script], { PORT: port });
    await server.printed(/Open/);
    const url = `http://localhost:${port}/sse`;
    expect(await lessons.run('check', '01', '--url', url)).toMatchObject({ code: 0, stderr: '' });
    server.kill('SIGKILL');
    await server.ended;
    const { stdout, code } = await lessons.run('check', '01', '--url', url, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ lesson: '01', status: 'error' });
    expect(code).toBe(4);
    expect(existsSync(join(lessons.folder, '.progress.json'))).toBe(false);
});

test('check --json prints one JSON value in the language of the learner', async () => {
    using lessons = copyLessons();
    await lessons.run('start', '01');
    const { stdout, code } = await lessons.run('check', '01', '--json', '--lang', 'fr');
    const { checks } = JSON.parse(stdout);
    const [check] = checks;
    expect(check).toMatchObject({ id: 'stream-opens', title: "GET /sse ouvre un flux d'événements", status: 'fail' });
    expect(Object.keys(check)).toEqual(
        expect.arrayContaining(['id', 'title', 'status', 'sent', 'received', 'expected', 'reference', 'next'])
    );
    // All checks ran, in teaching order, though the first did not pass.
    const ids = ['stream-opens', 'connected-first', 'heartbeats-continue', 'health-counts', 'health-forgets'];
    expect(checks.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(code).toBe(1);
});

test('a server that does not start is neither a pass nor a fail: its words are shown, and the code is 4', async () => {
    using lessons = copyLessons();
    await lessons.run('start', '01');
    writeFileSync(lessons.work, 'throw new Error("no breakfast yet");');
    const { stdout, code } = await lessons.run('check', '01');
    expect(stdout).toMatch(/^✗ the server ended before it listened on port \d+\n/);
    expect(stdout).toContain('no breakfast yet');
    expect(code).toBe(4);
});

test('a server that does not listen in time is not blamed for a machine that is busy', async () => {
    await using started = startProgram(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], {});
    const port = await findFreePort();
    await expect(listening(started, port, 100)).rejects.toMatchObject({
        reason: {
            en: `nothing listens on port ${port} after 0.1 s: read PORT from process.env; if this machine is busy, check again`
        }
    });
});

test('reset keeps what was written, and asks for --yes where it cannot ask', async () => {
    using lessons = copyLessons();
    await lessons.run('start', '01');
    writeFileSync(lessons.work, '// mine');
    expect(await lessons.run('reset', '01')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(readFileSync(lessons.work, 'utf8')).toBe('// mine');
    await lessons.run('reset', '01', '--yes');
    expect(readFileSync(lessons.work, 'utf8')).toBe(readFileSync(join(lessons.first, 'problem/server.ts'), 'utf8'));
    const saved = readdirSync(lessons.first).find(name => name.startsWith('work.saved-')) ?? '';
    expect(readFileSync(join(lessons.first, saved, 'server.ts'), 'utf8')).toBe('// mine');
});

test('diff shows what the solution has and the work has not', async () => {
    using lessons = copyLessons();
    await lessons.run('start', '01');
    const { stdout } = await lessons.run('diff', '01');
    expect(stdout).toContain("+    res.writeHead(200, { 'Content-Type': 'text/event-stream'");
    writeFileSync(lessons.work, lessons.solution.replaceAll('\n', '\r\n'));
    expect((await lessons.run('diff', '01')).stdout).toBe('Your code is the same as the solution.');
});

test.each([
    [['check', '99'], 'There is no lesson 99. The lessons are 01, 02.'],
    [['check', '01'], 'npm run lesson -- start 01'],
    [['check', '01', '--url', 'ftp://x'], '--url must be'],
    [['check', '01', '--seed', 'x'], '--seed must be'],
    [['check'], 'The number of the lesson is missing'],
    [['fly'], 'There is no command fly.'],
    [['list', '--fast'], 'There is no option --fast.'],
    [['list', '--lang', 'de'], 'The language must be en or fr, got de'],
    [['fly', '--lang', 'fr'], "La commande fly n'existe pas."]
])('wrong usage ends with code 2 and says what to do: %j', async (args, message) => {
    using lessons = copyLessons();
    const { code, stdout, stderr } = await lessons.run(...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
});

test('without a terminal and without a command, it lists the commands', async () => {
    using lessons = copyLessons();
    const { code, stdout } = await lessons.run('--lang', 'fr');
    expect(stdout).toMatch(/^Cette commande n'est pas lancée dans un terminal[\s\S]*Commandes :\n[\s\S]* {2}check /);
    expect(stdout).toContain('[options] [commande]');
    expect(stdout).toContain('--lang <langue>');
    expect((await lessons.run('check', '--help', '--lang', 'fr')).stdout).toMatch(/check \[options\] <numéro>\n/);
    expect(code).toBe(0);
});

test('the process exits with the code of the command, and writes mistakes to standard error', async () => {
    using lessons = copyLessons();
    await using process = lessons.inProcess('check', '01');
    expect(await process.ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('start 01') });
});

test.skipIf(process.platform === 'win32')('a signal while a check runs ends the check, with code 130', async () => {
    using lessons = copyLessons();
    await lessons.run('start', '01');
    const mark = join(lessons.folder, 'started');
    writeFileSync(
        lessons.work,
        `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(mark)}, String(process.pid));\nsetInterval(() => {}, 1000);`
    );
    await using command = lessons.inProcess('check', '01');
    await expect.poll(() => existsSync(mark) && readFileSync(mark, 'utf8')).toMatch(/\d/);
    command.kill('SIGTERM');
    expect((await command.ended).code).toBe(130);
    expect(() => process.kill(Number(readFileSync(mark, 'utf8')), 0)).toThrow(/ESRCH/);
});
