import { expect, test } from 'vitest';
import { findLost, PageError, parsePage, replaceTable } from '../src/table.ts';

const PAGE = 'Before\n\n<!-- compatibility: begin -->\n<!-- compatibility: end -->\n\nAfter\n';
const cells = {
    'SDK, `auto`': { '`/sse`': '✓ 2025-11-25' },
    Inspector: { '`/sse`': '✗ HTTP 404', stdio: '✓ 2026-07-28' }
};
const table = { id: 'compatibility', rows: 'client', columns: ['`/sse`', 'stdio'] };

test('a table is read as it was written, and the text around it does not change', () => {
    const once = replaceTable(PAGE, table, cells);
    expect(once).toContain('| SDK, `auto` | ✓ 2025-11-25 | – |\n| Inspector | ✗ HTTP 404 | ✓ 2026-07-28 |');
    expect(once).toMatch(/^Before\n\n<!--[\s\S]*-->\n\nAfter\n$/);
    expect(parsePage(once, table)).toEqual({
        'SDK, `auto`': { '`/sse`': '✓ 2025-11-25', stdio: '–' },
        Inspector: { '`/sse`': '✗ HTTP 404', stdio: '✓ 2026-07-28' }
    });
    expect(replaceTable(once, table, cells)).toBe(once);
});

test('each table of a page has its own markers', () => {
    const servers = { ...table, id: 'servers' };
    const both = `${PAGE}<!-- servers: begin -->\n<!-- servers: end -->\n`;
    const once = replaceTable(replaceTable(both, table, cells), servers, { tutorial: { stdio: '✓' } });
    expect(parsePage(once, table)).toHaveProperty('Inspector');
    expect(parsePage(once, servers)).toEqual({ tutorial: { '`/sse`': '–', stdio: '✓' } });
});

test('a page without the markers is refused', () => {
    expect(() => replaceTable('# Clients', table, cells)).toThrow(PageError);
});

test('only a result that was good and is no longer counts as lost', () => {
    const now = { 'SDK, `auto`': { '`/sse`': '✗ HTTP 500' }, Inspector: { '`/sse`': '✗ HTTP 500' } };
    expect(findLost(cells, now, '✓')).toEqual(['SDK, `auto`, `/sse`: was ✓ 2025-11-25, is ✗ HTTP 500']);
    expect(findLost(parsePage(PAGE, table), now, '✓')).toEqual([]);
});
