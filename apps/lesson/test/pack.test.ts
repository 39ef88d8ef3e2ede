import { expect, test } from 'vitest';
import { run } from '../src/cli.ts';
import { addAddresses, listArchives } from '../src/pack/lock-file.ts';
import { copyLessons } from './helpers.ts';

test('the pack has the archives for Linux, macOS and Windows, and no others', () => {
    const integrity = 'sha512-x';
    const lock = addAddresses({
        packages: {
            '': {},
            'apps/lesson': { version: '0.1.0' },
            'node_modules/@calc/lesson': { resolved: 'apps/lesson' },
            'node_modules/express': { version: '5.3.0', integrity },
            'node_modules/a/node_modules/@scope/b': { version: '1.0.0', integrity },
            'node_modules/alias': { name: 'real', version: '2.0.0', integrity },
            'node_modules/win': { version: '1.0.0', integrity, os: ['win32'], cpu: ['x64'] },
            'node_modules/aix': { version: '1.0.0', integrity, os: ['aix'], cpu: ['ppc64'] },
            'node_modules/s390x': { version: '1.0.0', integrity, os: ['linux'], cpu: ['s390x'] }
        }
    });
    expect(listArchives(lock)).toEqual([
        'https://registry.npmjs.org/express/-/express-5.3.0.tgz',
        'https://registry.npmjs.org/@scope/b/-/b-1.0.0.tgz',
        'https://registry.npmjs.org/real/-/real-2.0.0.tgz',
        'https://registry.npmjs.org/win/-/win-1.0.0.tgz'
    ]);
});

test.each([
    [['--out', '/nowhere/pack.tgz'], 2, /^Le dossier .*nowhere n'existe pas/],
    [[], 1, /^L'archive n'est pas créée : .*package-lock\.json/]
])('pack %j says in the language of the user why there is no archive', async (options, code, message) => {
    using lessons = copyLessons();
    const errors: string[] = [];
    const exit = await run(['pack', ...options, '--lang', 'fr'], {
        print: () => {},
        printError: text => errors.push(text),
        env: { LESSONS_FOLDER: lessons.folder, npm_execpath: 'npm' },
        signal: new AbortController().signal,
        keyboard: undefined
    });
    expect(errors).toEqual([expect.stringMatching(message)]);
    expect(exit).toBe(code);
});
