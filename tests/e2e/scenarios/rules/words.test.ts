import { expect, test } from 'vitest';
import { runCheck } from './run-check.ts';

const check = (text: string) => runCheck('check-words', { 'sample.ts': text });

test('check-words reports a phrase with its file, line and replacement, also across lines of a comment', async () => {
    const report = await check(
        "// The client is told\n// of a drop, and the stream goes on.\ntest('nobody waits', run);\n"
    );
    expect(report).toEqual([
        'sample.ts:1: "told of"; write: is notified of, reports, mentions',
        'sample.ts:2: "goes on"; write: continues',
        'sample.ts:3: "nobody"; write: no client, a user, …',
        '3 phrases are hard to read.'
    ]);
});

test('check-words reports each of these sentences', async () => {
    const sentences = [
        'Who knows one of these may come in.',
        'answers 204 to who would resume it',
        'a word that is no argument',
        'the id that is none',
        'A valid token is wanted',
        'it wants a token',
        'the server stays beside it for ever',
        'the oldest session gives way',
        'all the same it is answered'
    ];
    const report = await check(sentences.map(sentence => `// ${sentence}\n`).join(''));
    const lines = new Set(report.map(line => line.split(':')[1]));
    expect(sentences.filter((_, index) => !lines.has(`${index + 1}`))).toEqual([]);
});

test('check-words accepts plain sentences', async () => {
    const text = `There is no session. Clients who want a stream send GET. It is no longer open.
        The user cannot turn away from this page. besides, forever, wanted list`;
    expect(await check(text)).toEqual([]);
});
