import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawTerminal, startTmux } from '@calc/test-helpers/recording';

// Draws docs/images/lesson.svg from a real terminal: the start of a lesson, a save that fails, a hint, and the save that
// passes. Nothing shown has a time or a number that changes, so that each run draws the same.

const COLUMNS = 100;
const ROWS = 40;
const SLUG = '01-a-stream-by-hand';
const root = fileURLToPath(new URL('../../../', import.meta.url));
const picture = join(root, 'docs/images/lesson.svg');

// A folder that looks like a fresh clone, so that the learner's own work is left alone.
const clone = mkdtempSync(join(tmpdir(), 'recording-'));
try {
    makeClone();
    writeFileSync(
        picture,
        drawTerminal(await record(), COLUMNS, 'A lesson: its start, a save that fails, a hint, and a save that passes')
    );
    console.log(`drew ${picture}`);
} catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
} finally {
    rmSync(clone, { recursive: true });
}

function makeClone(): void {
    const lesson = join(clone, 'lessons', SLUG);
    mkdirSync(lesson, { recursive: true });
    for (const part of ['lesson.json', 'problem', 'solution', 'README.md']) {
        cpSync(join(root, 'lessons', SLUG, part), join(lesson, part), { recursive: true });
    }
    // With a second lesson, the first is not the last.
    const next = '02-the-protocol-by-hand';
    mkdirSync(join(clone, 'lessons', next));
    cpSync(join(root, 'lessons', next, 'lesson.json'), join(clone, 'lessons', next, 'lesson.json'));
    symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
    const main = join(root, 'apps/lesson/src/main.ts');
    const scripts = { lesson: `node --import tsx --conditions=@calc/source ${main}` };
    writeFileSync(join(clone, 'package.json'), JSON.stringify({ type: 'module', scripts }));
}

async function record(): Promise<string> {
    const work = join(clone, 'lessons', SLUG, 'work/server.ts');
    const read = (part: string) => readFileSync(join(clone, 'lessons', SLUG, part, 'server.ts'), 'utf8');
    using terminal = startTmux(COLUMNS, ROWS, {
        LESSONS_FOLDER: join(clone, 'lessons'),
        LESSON_LANG: 'en'
    });
    await terminal.shown(/\$/);
    const command = 'npm run lesson -- start 01';
    terminal.type(`cd '${clone}' && clear`);
    terminal.press('Enter');
    await terminal.shown(/^\$\s*$/);
    terminal.type(command);
    terminal.press('Enter');
    await terminal.shown(/:3001\/sse[\s\S]*:3100[\s\S]*✗ GET \/sse opens an event stream[\s\S]*quit/);
    const start = terminal.capture();

    writeFileSync(
        work,
        read('problem').replace(
            "res.json({ message: 'hello' });",
            "res.writeHead(200, { 'Content-Type': 'text/event-stream' });\n    res.flushHeaders();"
        )
    );
    await terminal.shown(/✗ The first event is `connected`[\s\S]*quit/);
    terminal.press('h');
    await terminal.shown(/Hint 1 of/);
    const failing = terminal.capture();

    writeFileSync(work, read('solution'));
    await terminal.shown(/Every check passes/);
    const passing = terminal.capture();
    terminal.press('q');
    return [
        `$ ${command}`,
        '',
        withoutKeys(start),
        caption('a save: the server sends the headers of a stream, and no event'),
        fromResult(failing),
        caption('a save: the server does all that the lesson asks for'),
        fromResult(passing, true)
    ].join('\n');
}

function caption(text: string): string {
    return `\n\x1b[2m── ${text} ──\x1b[0m\n`;
}

function withoutKeys(screen: string): string {
    return screen.trimEnd().split('\n').slice(0, -2).join('\n').trimEnd();
}

/** What changes with a save: from the result on, and the keys only at the end of the picture. */
function fromResult(screen: string, hasKeys = false): string {
    const lines = (hasKeys ? screen.trimEnd() : withoutKeys(screen)).split('\n');
    return lines.slice(lines.findIndex(line => /[✗✓]/.test(line))).join('\n');
}
