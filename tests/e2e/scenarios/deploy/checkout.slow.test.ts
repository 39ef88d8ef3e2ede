import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const hasGit = spawnSync('git', ['--version']).status === 0;

/** Puts the project into a repository of its own, and checks it out with git's settings for Windows. */
function checkOut(): { folder: string; files: string[] } {
    const scratch = mkdtempSync(join(tmpdir(), 'mcp-calculator-'));
    onTestFinished(() => rmSync(scratch, { recursive: true }));
    const folder = join(scratch, 'clone');
    mkdirSync(folder);
    const git = (workTree: string, ...args: string[]) =>
        execFileSync('git', [`--git-dir=${scratch}/repository`, `--work-tree=${workTree}`, ...args], { cwd: workTree });
    git(root, 'init', '--quiet');
    git(root, 'add', '--all');
    git(folder, '-c', 'core.autocrlf=true', '-c', 'core.symlinks=false', 'checkout-index', '--all');
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
    return { folder, files: entries.map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1)) };
}

test.skipIf(!hasGit)('a clone on Windows has the same bytes in every file, and no path that Windows refuses', () => {
    const { folder, files } = checkOut();
    expect(files).toEqual(expect.arrayContaining(['package.json', 'docs/images/page.webp', '.ci/run']));
    const changed = files.filter(file => !readFileSync(join(folder, file)).equals(readFileSync(join(root, file))));
    expect(changed).toEqual([]);
    const scripts = files.filter(file => readFileSync(join(folder, file), 'latin1').startsWith('#!/usr/bin/env bash'));
    expect(scripts).toContain('deploy/check-image.sh');
    expect(scripts.filter(file => (statSync(join(folder, file)).mode & 0o111) === 0)).toEqual([]);

    const withReturn = files.filter(file => !file.endsWith('.webp') && readFileSync(join(folder, file)).includes('\r'));
    expect(withReturn).toEqual([]);
    expect(files.filter(file => /[<>:"|?*]|[. ]$|(^|\/)(con|nul|aux|prn)(\.|$)/im.test(file))).toEqual([]);
    expect(new Set(files.map(file => file.toLowerCase())).size).toBe(files.length);
});
