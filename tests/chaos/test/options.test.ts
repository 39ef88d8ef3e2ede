import { createRandom } from '@calc/test-helpers/wire';
import { expect, test } from 'vitest';
import { planFaults } from '../src/load/run-faults.ts';
import { parseOptions, USAGE, UsageError } from '../src/options.ts';
import { PageError, replaceSection, toMarkdown } from '../src/report/table.ts';

test('without options, the product runs for two minutes with 200 sessions', () => {
    expect(parseOptions([])).toMatchObject({ system: 'redis', seed: 1, seconds: 120, sessions: 200, write: false });
    expect(parseOptions(['--system', 'relay', '--only', 'P1,P7'])).toMatchObject({
        system: 'relay',
        only: ['P1', 'P7']
    });
});

test.each([
    ['--system', 'mongodb'],
    ['--seconds', 'two'],
    ['--sessions', '0'],
    ['--only', 'P2,P11'],
    ['--speed', '9']
])('%s %s is refused with the usage', (...args) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
    expect(() => parseOptions(args)).toThrow('npm run chaos');
});

test('--help asks for the usage and nothing else', () => {
    expect(parseOptions(['--help'])).toBe('help');
    expect(USAGE).toContain('--help');
});

test('a seed always plans the same faults: a kill every 8 seconds, and each other fault once', () => {
    const plan = planFaults(120, createRandom(7), true);
    expect(planFaults(120, createRandom(7), true)).toEqual(plan);
    expect(planFaults(120, createRandom(8), true)).not.toEqual(plan);
    const count = (name: string) => plan.filter(fault => fault.name === name).length;
    expect(count('kill')).toBe(15);
    expect(['stop', 'terminate', 'redis-restart', 'redis-data-lost'].map(count)).toEqual([1, 1, 1, 1]);
    expect(count('cut')).toBeGreaterThan(100);
});

test('the table of a page is replaced, and the text around it stays', () => {
    const page = 'Before\n<!-- chaos-redis: begin -->\nold\n<!-- chaos-redis: end -->\nAfter\n';
    const table = toMarkdown({ P2: { verdict: 'failed', measured: 'a | b' } });
    expect(replaceSection(page, 'chaos-redis', table)).toBe(
        `Before\n<!-- chaos-redis: begin -->\n${table}\n<!-- chaos-redis: end -->\nAfter\n`
    );
    expect(table).toMatch(/\| P2 \| 202 only .+ \| \*\*failed\*\* \| a \\\| b \|/);
    expect(() => replaceSection(page, 'chaos-relay', table)).toThrow(PageError);
});
