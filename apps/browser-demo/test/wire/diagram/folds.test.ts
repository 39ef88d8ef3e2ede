import { expect, test } from 'vitest';
import { formatMessage } from '../../../src/i18n/i18n.ts';
import { foldText } from '../../../src/wire/diagram/fold-text.ts';
import type { WireEntry } from '../../../src/wire/wire-entry.ts';
import { createDiagram } from './diagram.ts';

/** The rows as the numbers of their entries, and what folds them. */
const told = ({ list }: ReturnType<ReturnType<typeof createDiagram>['rows']>) =>
    list.map(({ entries, fold }) => `${fold?.kind ?? 'own'} ${entries.map(({ seq }) => seq).join(' ')}`);

test('what the page does by itself shares a row, until the user opens it', () => {
    const { rows, rowsOf, wire, post, answer, event } = createDiagram();
    post({ id: 1, method: 'tools/list' }, { automatic: true });
    post({ id: 2, method: 'prompts/list' }, { automatic: true });
    answer(2);
    event({ id: 2, result: {} });
    event({ id: 1, result: {} });
    post({ id: 3, method: 'tools/call' });
    answer(1);
    expect(told(rows())).toEqual(['background 1 2 3 4 5', 'own 6', 'own 7']);
    expect(rows().list[0]).toMatchObject({ kind: 'fold', fold: { id: 1, isOpen: false } });
    const open = rowsOf(wire.entries(), new Set([1]));
    expect(told(open).slice(0, 6)).toEqual([1, 2, 3, 4, 5].map(seq => `background ${seq}`).concat('own 6'));
});

test('the first notification of a kind has a row, its repeats share one', () => {
    const { rows, event, post } = createDiagram();
    const update = () => event({ method: 'notifications/resources/updated', params: { uri: 'calc://clock' } });
    update();
    update();
    update();
    post({ id: 1, method: 'ping' });
    update();
    expect(told(rows())).toEqual(['own 1', 'background 2 3', 'own 4', 'own 5']);
});

test('a failed attempt to open the stream is not a drop, and failed attempts share a row', () => {
    const { rows, wire, drop } = createDiagram();
    const again = (lastEventId = ''): WireEntry =>
        wire.record('a', { kind: 'reconnecting', url: 'http://calc.test/sse', lastEventId });
    wire.record('a', { kind: 'connecting', url: 'http://calc.test/sse', reader: 'raw' });
    drop();
    again();
    drop();
    again();
    drop();
    again();
    wire.record('a', { kind: 'opened', lastEventId: '' });
    drop();
    expect(told(rows())).toEqual(['own 1', 'attempts 2 3 4 5 6', 'own 7', 'own 8', 'own 9']);
    expect(rows().list.map(({ kind }) => kind)).toEqual(['arrow', 'fold', 'arrow', 'answer', 'break']);
});

test('failed attempts of two sessions share a row, also if they take turns', () => {
    const { rows, rowsOf, wire, drop, open } = createDiagram();
    const again = () => wire.record('b', { kind: 'reconnecting', url: 'http://calc.test/sse', lastEventId: '' });
    open();
    open('b');
    drop('b');
    drop();
    again();
    drop();
    drop('b');
    again();
    drop('b');
    drop();
    again();
    expect(told(rows())).toEqual(['own 1', 'own 2', 'own 3', 'own 4', 'attempts 5 6 7 8 9 10', 'own 11']);
    const { list } = rowsOf(wire.entries(), new Set([5]));
    expect(list.map(({ entries }) => entries.map(({ seq }) => seq).join())).toEqual(
        wire.entries().map(({ seq }) => String(seq))
    );
    // What fails later joins the opened rows.
    drop('b');
    expect(rowsOf(wire.entries(), new Set([5])).list.filter(({ fold }) => fold?.isOpen)).toHaveLength(8);
    expect(told(rows()).at(-1)).toBe('attempts 5 6 7 8 9 10 11 12');
});

test('an opened fold is closed again, and has the same row as before', () => {
    const { rowsOf, wire, post, answer } = createDiagram();
    post({ id: 1, method: 'tools/list' }, { automatic: true });
    answer();
    const closed = rowsOf(wire.entries());
    const open = rowsOf(wire.entries(), new Set([1]));
    expect(open.list.map(({ fold }) => fold)).toMatchObject([
        { kind: 'background', id: 1, isOpen: true },
        { kind: 'background', id: 1, isOpen: true }
    ]);
    expect(rowsOf(wire.entries(), new Set()).list[0]).toBe(closed.list[0]);
});

test('a fold counts its entries, also while entries are added and evicted', () => {
    const { rows, post, answer, event, beat } = createDiagram({ maxEntries: 6 });
    const tally = () => {
        const { methods, messages, heartbeats } = rows().list[0]?.fold?.tally ?? {};
        return [Object.fromEntries(methods ?? []), messages, heartbeats];
    };
    post({ id: 1, method: 'resources/read' }, { automatic: true });
    answer();
    event({ id: 1, result: {} });
    beat();
    post({ id: 2, method: 'ping' }, { automatic: true });
    expect(tally()).toEqual([{ 'resources/read': 1, ping: 1 }, 4, 1]);
    for (let id = 3; id <= 6; id++) post({ id, method: 'ping' }, { automatic: true });
    expect(tally()).toEqual([{ ping: 5 }, 5, 1]);
    post({ id: 7, method: 'ping' }, { automatic: true });
    expect(tally()).toEqual([{ ping: 6 }, 6, 0]);
});

test('a fold with answers alone says so, as it has no method to name', () => {
    const { rows, wire, post, answer, event } = createDiagram();
    post({ id: 1, method: 'tools/list' }, { automatic: true });
    wire.record('a', { kind: 'connecting', url: 'http://calc.test/mcp', reader: 'raw' });
    answer(1);
    event({ id: 1, result: {} });
    const fold = rows().list.at(-1)?.fold;
    expect(fold && formatMessage('en', foldText(fold))).toBe('2 answers to requests of the page');
});
