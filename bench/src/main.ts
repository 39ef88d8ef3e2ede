import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, resolve } from 'node:path';
import { BenchError } from './errors.ts';
import { type Options, parseOptions } from './options.ts';
import { toSvg } from './report/svg.ts';
import { toTable } from './report/table.ts';
import type { Section, SectionOptions, SectionResult } from './result.ts';
import { measureChecks } from './sections/checks.ts';
import { measureCpu } from './sections/cpu.ts';
import { measureGrowth } from './sections/growth.ts';
import { measureHttp } from './sections/http.ts';
import { measureLatency } from './sections/latency.ts';
import { measureMemory } from './sections/memory.ts';
import { measureProcesses } from './sections/several/processes.ts';
import { measureWorkers } from './sections/several/workers.ts';
import { runSiege } from './sections/siege.ts';
import { measureSlowReader } from './sections/slow-reader.ts';
import { runStorm } from './sections/storm.ts';

const sections: Record<string, Section> = {
    cpu: measureCpu,
    checks: measureChecks,
    latency: measureLatency,
    http: measureHttp,
    memory: measureMemory,
    growth: measureGrowth,
    'slow-reader': measureSlowReader,
    storm: runStorm,
    siege: runSiege,
    workers: measureWorkers,
    processes: measureProcesses,
    'browser-storm': async options => {
        // Not before it is asked for: all other sections do without a browser.
        const { runBrowserStorm } = await import('./sections/browser-storm.ts');
        return await runBrowserStorm(options);
    },
    page: async options => {
        const { measurePage } = await import('./sections/page.ts');
        return await measurePage(options);
    }
};

/** They take a minute or more each, or a browser. */
const ONLY_WHEN_NAMED = ['http', 'siege', 'workers', 'processes', 'browser-storm', 'page'];

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    platform: `${process.platform} ${process.arch}`
};

try {
    await run(parseOptions(process.argv.slice(2), Object.keys(sections), ONLY_WHEN_NAMED));
} catch (error) {
    if (!(error instanceof BenchError)) throw error;
    console.error(error.message);
    process.exitCode = error.code === 'usage' ? EXIT_USAGE : EXIT_FAILED;
}

async function run({ sections: names, quick, json, svg }: Options): Promise<void> {
    if (!json) console.log(`${machine.node}, ${machine.cpu}, ${machine.cores} cores, ${machine.platform}\n`);
    const progress = (text: string) => void process.stderr.write(`${text}\n`);
    const results: SectionResult[] = [];
    for (const name of names) {
        const result = await runSection(name, { quick, progress });
        if (!result) continue;
        results.push(result);
        if (!json) console.log(toTable(result));
    }
    if (json) console.log(JSON.stringify({ machine, quick, sections: results }, null, 2));
    if (svg !== undefined) {
        // npm runs this in the package's folder, but the path is meant from where the user is.
        const path = resolve(process.env.INIT_CWD ?? '.', svg);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, toSvg(results));
    }
}

/** A section that fails does not keep the others from being measured, but the run has failed. */
async function runSection(name: string, options: SectionOptions): Promise<SectionResult | undefined> {
    try {
        return await sections[name]?.(options);
    } catch (error) {
        if (!(error instanceof BenchError)) throw error;
        console.error(`${name} FAILED: ${error.message}`);
        process.exitCode = EXIT_FAILED;
        return undefined;
    }
}
