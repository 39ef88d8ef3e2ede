import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lineEndings } from '../src/doctor/examine-files.ts';
import { node, packages, path, proxy, wsl } from '../src/doctor/examine-machine.ts';
import type { Examination, Machine } from '../src/doctor/finding.ts';
import { texts } from '../src/texts/texts.ts';
import { copyLessons } from './helpers.ts';

const healthy: Machine = {
    platform: 'linux',
    nodeVersion: 'v20.19.0',
    env: {},
    root: join(import.meta.dirname, '../../..'),
    lessonsFolder: join(import.meta.dirname, '../../../lessons'),
    release: '6.1.0'
};

test.each([node, packages, wsl, proxy, lineEndings])('a healthy machine passes examination %#', async examination => {
    expect(await examination.examine(healthy, texts.en.doctor)).toBeUndefined();
});

const faults: [Examination, Partial<Machine>, string, string][] = [
    [node, { nodeVersion: 'v18.20.1' }, 'v18.20.1 is too old', 'nvm install --lts'],
    [node, { nodeVersion: 'v20.18.9', platform: 'win32' }, '20.19', 'winget install OpenJS.NodeJS.LTS'],
    [packages, { root: '/nowhere' }, 'no tsx', 'npm ci --include=dev'],
    [path, { root: '/home/a b/c' }, 'has a space', 'git clone "/home/a b/c"'],
    [path, { root: '/home/zoé' }, 'has letters', 'git clone'],
    [path, { root: 'C:\\Users\\a\\OneDrive\\c', platform: 'win32' }, 'cloud', 'robocopy'],
    [wsl, { root: '/mnt/c/x', release: '5.15.0-microsoft-standard-WSL2' }, 'disk of Windows', 'git clone "/mnt/c/x"'],
    [proxy, { env: { HTTP_PROXY: 'http://p' } }, 'HTTP_PROXY', 'export NO_PROXY="localhost,127.0.0.1"'],
    [proxy, { env: { http_proxy: 'x', NO_PROXY: 'a' }, platform: 'win32' }, 'http_proxy', 'setx NO_PROXY "a,localhost']
];

test.each(faults)(
    'fault %#: it says what is wrong and the command that mends it',
    async (one, change, what, command) => {
        const fault = await one.examine({ ...healthy, ...change }, texts.en.doctor);
        expect(fault?.problem).toContain(what);
        expect(fault?.command).toContain(command);
    }
);

test('a proxy variable does no harm if NO_PROXY names localhost', () => {
    const env = { HTTP_PROXY: 'http://p', NO_PROXY: 'example.org, localhost' };
    expect(proxy.examine({ ...healthy, env }, texts.en.doctor)).toBeUndefined();
});

test('doctor finds line ends that git has changed, and ends with code 1', async () => {
    using lessons = copyLessons();
    mkdirSync(join(lessons.first, 'problem'), { recursive: true });
    writeFileSync(join(lessons.first, 'problem/server.ts'), 'a\r\nb\r\n');
    const { code, stdout } = await lessons.run('doctor');
    expect(stdout).toContain('✗ line ends: git has changed the line ends of server.ts to CRLF\n  Run: git -c core');
    expect(code).toBe(1);
});
