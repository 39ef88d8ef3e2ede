import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
