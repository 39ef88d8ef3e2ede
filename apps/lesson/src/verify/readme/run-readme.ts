import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lesson } from '../../catalog/catalog.ts';
import { findFreePort } from '../../learner/free-port.ts';
import { listening, startProcess } from '../../learner/start-process.ts';
import { createSurroundings } from '../../learner/surroundings.ts';
import { type Block, findBlocks } from '../texts/markdown.ts';
import { showsOutput } from './match-output.ts';
import { ShellBlock } from './shell-block.ts';

/** How long an output may take, in milliseconds. */
const MAX_WAIT_MS = 5000;
/** How long a server may take until it listens, in milliseconds. */
const START_LIMIT_MS = 60_000;

/** Commands that use curl, and what README.md shows of their output. */
interface Step {
    block: Block;
    outputs: Block[];
}

/**
 * Runs the curl commands of README.md and compares what they print. A README follows a server from the problem to the
 * solution, so each output must come from one of the two.
 */
export async function findReadmeFaults(lesson: Lesson): Promise<string[]> {
    const page = join(lesson.folder, 'README.md');
    const steps = existsSync(page) ? findSteps(readFileSync(page, 'utf8')) : [];
    if (steps.length === 0 || lesson.kind !== 'server') return [];
    let missing: Block[] = steps.flatMap(({ outputs }) => outputs);
    for (const folder of ['solution', 'problem']) {
        if (missing.length > 0) missing = await runSteps(lesson, folder, steps, missing);
    }
    return missing.map(({ line }) => `README.md:${line}: no command prints this, with the solution or the problem`);
}

function findSteps(markdown: string): Step[] {
    const steps: Step[] = [];
    let current: Step | undefined;
    for (const block of findBlocks(markdown)) {
        if (block.language === 'sh') {
            current = /^\s*curl /m.test(block.text) ? { block, outputs: [] } : undefined;
            if (current) steps.push(current);
        } else if (block.language === '') current?.outputs.push(block);
    }
    return steps;
}

/** Runs all steps against the server in a folder of the lesson. Returns the outputs that did not come. */
async function runSteps(lesson: Lesson, folder: string, steps: Step[], wanted: Block[]): Promise<Block[]> {
    const port = await findFreePort();
    await using surroundings = await createSurroundings(lesson, join(lesson.folder, folder));
    const env = { PORT: String(port), TOKEN: 'lesson-token', ...surroundings.env };
    await using server = startProcess(join(lesson.folder, folder, lesson.main), [], env);
    await listening(server, port, START_LIMIT_MS);
    const cwd = mkdtempSync(join(tmpdir(), 'lesson-'));
    // As on a terminal; in a pipe, the meter would stand between the lines of a stream.
    writeFileSync(join(cwd, '.curlrc'), 'no-progress-meter\n');
    const terminals: ShellBlock[] = [];
    let wake = () => {};
    const missing: Block[] = [];
    let variables = '';
    try {
        for (const { block, outputs } of steps) {
            // The reader leaves only streams open.
            const open = terminals.at(-1);
            if (open && !/ -\w*N/.test(open.commands)) await open.stop();
            const commands = block.text.replace(/\b(localhost|127\.0\.0\.1):3001\b/g, `$1:${port}`);
            const terminal = new ShellBlock(variables + commands, cwd, () => wake());
            terminals.push(terminal);
            // A later block may use the variables of an earlier one, as in one terminal.
            variables += (commands.match(/^\w+=.*$/gm) ?? []).map(line => `${line}\n`).join('');
            const expected = outputs.filter(output => wanted.includes(output));
            const isShown = (output: Block) => terminals.some(each => showsOutput(each.output, output.text));
            const isDone = () => (expected.length > 0 ? expected.every(isShown) : terminal.output !== '');
            await until(isDone, listener => {
                wake = listener;
            });
            missing.push(...expected.filter(output => !isShown(output)));
        }
    } finally {
        await Promise.all(terminals.map(terminal => terminal.stop()));
        rmSync(cwd, { recursive: true, force: true });
    }
    return missing;
}

/** Waits until the condition holds, or the time is over; it is tested at each call of the listener. */
function until(isDone: () => boolean, listen: (listener: () => void) => void): Promise<void> {
    return new Promise(resolve => {
        const timer = setTimeout(resolve, MAX_WAIT_MS);
        const check = () => {
            if (!isDone()) return;
            clearTimeout(timer);
            resolve();
        };
        listen(check);
        check();
    });
}
