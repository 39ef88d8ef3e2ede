// Breaks servers under load and prints what became of the promises: `npm run chaos -- --seed 1`.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { redisPath } from '@calc/test-helpers';
import { measure } from './measure.ts';
import { type Options, parseOptions, UsageError } from './options.ts';
import { type Outcomes, replaceSection, toMarkdown, toText } from './report/table.ts';
import { systems } from './systems.ts';

const PAGE = fileURLToPath(new URL('../../../docs/chaos.md', import.meta.url));
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

// Without these, servers would stay behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit());

try {
    await run(parseOptions(process.argv.slice(2)));
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
    const outcomes = await measure(system, options, progress, (name, { verdict }) => progress(`${name} ${verdict}`));
    console.log(`\n${describe(options)}\n\n${toText(outcomes)}`);
    if (options.write) write(options, outcomes);
    // Other systems are there for comparison: they are known not to keep all promises.
    const hasFailed = Object.values(outcomes).some(({ verdict }) => verdict === 'failed');
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
