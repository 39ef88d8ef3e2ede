import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measure } from '../src/measure.ts';
import { type Options, parseOptions } from '../src/options.ts';
import { systems } from '../src/systems.ts';

test('an error of the load fails its promises, and the others are measured', async () => {
    const logs = await mkdtemp(join(tmpdir(), 'calc-chaos-test-'));
    const ends = () => ({ args: ['-e', 'process.exit(1)'], env: {} });
    const options = parseOptions(['--system', 'sticky', '--only', 'P1,P3,P6']) as Options;
    const system = { ...systems.sticky, calculator: ends };
    const outcomes = await measure(system, options, { logs, progress() {}, report() {} });
    const failed = { verdict: 'failed', measured: expect.stringMatching(/server \d ended/) };
    expect(outcomes).toEqual({ P1: failed, P3: failed, P6: expect.objectContaining({ verdict: 'not measurable' }) });
    await rm(logs, { recursive: true });
});
