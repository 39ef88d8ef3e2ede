import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Examination } from './finding.ts';

/** Enough files for a virus scanner to be noticed. */
const FILES = 200;

/** An ordinary disk takes a tenth of this, in milliseconds. */
const SLOW_MS = 2000;

/** git with `core.autocrlf` writes CRLF; then each line of a problem differs from the solution that others show. */
export const lineEndings: Examination = {
    name: texts => texts.lineEndings.name,
    examine({ lessonsFolder }, { lineEndings }) {
        const entries = readdirSync(lessonsFolder, { recursive: true, withFileTypes: true });
        const problems = entries.filter(entry => entry.isFile() && /[\\/]problem$/.test(entry.parentPath));
        const broken = problems.find(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes('\r\n'));
        if (!broken) return undefined;
        const command = 'git -c core.autocrlf=false checkout -f -- lessons';
        return { problem: lineEndings.converted(broken.name), command };
    }
};

export const disk: Examination = {
    name: texts => texts.disk.name(FILES),
    examine({ root, lessonsFolder, platform }, { disk }) {
        const ms = measure(lessonsFolder);
        if (ms < SLOW_MS) return undefined;
        const command =
            platform === 'win32'
                ? `Add-MpPreference -ExclusionPath "${root}"`
                : `git clone "${root}" "$HOME/mcp-calculator"`;
        return { problem: disk.slow(FILES, Math.round(ms)), command };
    }
};

/** How long it takes to write, read and remove small files next to the lessons, in milliseconds. */
function measure(lessonsFolder: string): number {
    const start = performance.now();
    const folder = mkdtempSync(join(lessonsFolder, '.doctor-'));
    try {
        const paths = Array.from({ length: FILES }, (_, index) => join(folder, `${index}.ts`));
        for (const path of paths) writeFileSync(path, 'export {};\n');
        for (const path of paths) readFileSync(path);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
    return performance.now() - start;
}
