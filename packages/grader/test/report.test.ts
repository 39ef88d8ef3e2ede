import { expect, test } from 'vitest';
import { clauses } from '../src/clauses.ts';
import { describeFailure, toJson } from '../src/report.ts';
import type { CheckResult, LessonResult, Status } from '../src/run-checks.ts';
import { showAnswer, showStream } from '../src/wire/show.ts';

const many = (word: string) => Array.from({ length: 30 }, (_, index) => `${word} ${index + 1}`).join('\n');
const both = (en: string, fr: string) => ({ en, fr });

const failed: CheckResult = {
    id: 'add-adds',
    title: both('`add` adds', '`add` additionne'),
    status: 'fail',
    sent: many('sent'),
    received: both(many('received'), many('reçu')),
    expected: both(many('expected'), many('attendu')),
    reference: clauses.tools,
    next: both(many('next'), many('suite'))
};

function result(...statuses: Status[]): LessonResult {
    const checks = statuses.map((status, index) => ({ ...failed, id: `check-${index}`, status }));
    return { lesson: '02', status: statuses.find(status => status !== 'pass') ?? 'pass', seed: 5, checks };
}

test.each(['en', 'fr'] as const)(
    'a failure has at most 15 lines in %s, with the first and the last of what came',
    language => {
        const report = describeFailure(result('fail'), language);
        expect(report.split('\n').length).toBeLessThanOrEqual(15);
        const word = language === 'en' ? 'received' : 'reçu';
        expect(report).toContain(`${word} 1 …`);
        expect(report).toContain(`${word} 30`);
        expect(report).toContain(clauses.tools.url);
    }
);

test('a long line of a failure is cut in the middle', () => {
    const failed = result('fail');
    const [check] = failed.checks;
    if (!check) throw new Error('the result has no check');
    const received = `begin ${'x'.repeat(10_000)} end`;
    const report = describeFailure({ ...failed, checks: [{ ...check, received }] }, 'en');
    expect(report).toMatch(/begin x+ … x+ end/);
    expect(Math.max(...report.split('\n').map(line => line.length))).toBeLessThan(450);
});

test('the first check that did not pass is reported alone', () => {
    const report = describeFailure(
        {
            ...result('pass'),
            checks: [
                { ...failed, status: 'pass' },
                { ...failed, received: 'first' },
                { ...failed, received: 'second' }
            ]
        },
        'en'
    );
    expect(report).toContain('Received  first');
    expect(report).not.toContain('second');
});

test('nothing is reported if all checks passed', () => {
    expect(describeFailure(result('pass', 'pass'), 'en')).toBe('');
});

test('the labels are in the language of the learner', () => {
    const labels = (language: 'en' | 'fr') =>
        describeFailure(
            {
                ...result(),
                checks: [{ ...failed, sent: 'x', received: 'y', expected: both('z', 'z'), next: both('w', 'w') }]
            },
            language
        );
    expect(labels('fr')).toBe(
        [
            '✗ `add` additionne',
            '',
            'Envoyé   x',
            'Reçu     y',
            'Attendu  z',
            'Clause   MCP 2024-11-05, Tools',
            '         https://modelcontextprotocol.io/specification/2024-11-05/server/tools',
            'À faire  w'
        ].join('\n')
    );
});

test('the JSON has the members of the design, in one language', () => {
    const json = toJson(result('pass', 'timeout'), 'fr');
    expect(json).toMatchObject({ lesson: '02', status: 'timeout', seed: 5 });
    const [, check] = (json as { checks: Record<string, unknown>[] }).checks;
    expect(Object.keys(check ?? {})).toEqual([
        'id',
        'title',
        'status',
        'sent',
        'received',
        'expected',
        'reference',
        'next'
    ]);
    for (const value of Object.values(check ?? {})) expect(value).toEqual(expect.any(String));
    expect(check).toMatchObject({ title: '`add` additionne', status: 'timeout' });
});

test('what came is shown as bytes: control characters are visible, and none reaches the terminal', () => {
    const shown = showStream({ status: 200, headers: {}, text: 'data: a\r\n\u001b[31m\u009b31m\u202e\ufeff\u0000é\n' });
    expect(shown).toBe('data: a\\r\n\\u001b[31m\\u009b31m\\u202e\\ufeff\\u0000é\n');
});

test('long text keeps its beginning and its end', () => {
    const shown = showAnswer({ status: 200, headers: {}, body: `first${'x'.repeat(5000)}last`, complete: true });
    expect(shown.length).toBeLessThan(500);
    expect(shown).toMatch(/^HTTP 200 OK\nfirstx+ … x+last$/);
});

test('a stream without bytes shows its status line', () => {
    const shown = showStream({ status: 200, headers: { 'content-type': 'text/event-stream' }, text: '' });
    expect(shown).toEqual(
        both('HTTP 200 OK, text/event-stream, no bytes', 'HTTP 200 OK, text/event-stream, aucun octet')
    );
});
