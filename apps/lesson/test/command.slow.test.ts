import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { findFreePort } from '../src/learner/free-port.ts';
import { listening, startProgram } from '../src/learner/start-process.ts';
import { copyLessons } from './helpers.ts';

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
