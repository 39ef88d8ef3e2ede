// Breaks servers under load and prints what became of the promises: `npm run chaos -- --seed 1`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { redisPath } from '@calc/test-helpers';
import { measure } from './measure.ts';
import { type Options, parseOptions, USAGE, UsageError } from './options.ts';
import type { Outcome } from './promises/promise.ts';
import { type Outcomes, replaceSection, toMarkdown, toText } from './report/table.ts';
import { systems } from './systems.ts';

const PAGE = fileURLToPath(new URL('../../../docs/chaos.md', import.meta.url));
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

// Without these, servers would stay behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit());

try {
    const options = parseOptions(process.argv.slice(2));
    if (options === 'help') console.log(`Usage: ${USAGE}`);
    else await run(options);
} catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exitCode = EXIT_USAGE;
}

async function run(options: Options): Promise<void> {
    const system = systems[options.system];
    if (system.usesRedis && !redisPath)
        throw new UsageError('redis-server is not installed; try: apt-get install redis-server');
    const progress = (text: string) => console.error(text);
    const logs = mkdtempSync(join(tmpdir(), 'calc-chaos-'));
    let hasFailed = true;
    // Also if this process is interrupted.
    process.once('exit', () => {
        if (hasFailed) progress(`The logs of the servers are in ${logs}`);
        else rmSync(logs, { recursive: true, force: true });
    });
    const report = (name: string, { verdict }: Outcome) => progress(`${name} ${verdict}`);
    const outcomes = await measure(system, options, { progress, report, logs });
    console.log(`\n${describe(options)}\n\n${toText(outcomes)}`);
    if (options.write) write(options, outcomes);
    hasFailed = Object.values(outcomes).some(({ verdict }) => verdict === 'failed');
    // Other systems are there for comparison: they are known not to keep all promises.
    if (options.system === 'redis' && hasFailed) process.exitCode = EXIT_FAILED;
    // A client of the SDK that still reconnects must not keep the process alive.
    process.exit();
}

function describe({ system, seed, seconds, sessions }: Options): string {
    return `${systems[system].title}: ${sessions} sessions, ${seconds} s, seed ${seed}; ${process.version}, ${cpus().length} cores`;
}

function write(options: Options, outcomes: Outcomes): void {
    const text = `${describe(options)}:\n\n${toMarkdown(outcomes)}`;
    writeFileSync(PAGE, replaceSection(readFileSync(PAGE, 'utf8'), `chaos-${options.system}`, text));
}
