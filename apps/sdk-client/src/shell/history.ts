import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { splitWords } from './completion/split-line.ts';

/** How many lines are kept. */
export const MAX_LINES = 1000;

/** Returns the path of the history file, by the convention of the operating system. */
export function historyFile(
    env: Record<string, string | undefined> = process.env,
    platform: NodeJS.Platform = process.platform,
    home = homedir()
): string {
    return join(stateFolder(env, platform, home), 'mcp-calculator', 'shell-history');
}

function stateFolder(env: Record<string, string | undefined>, platform: NodeJS.Platform, home: string): string {
    const { XDG_STATE_HOME = '', LOCALAPPDATA } = env;
    // XDG Base Directory Specification: a relative path is ignored.
    if (isAbsolute(XDG_STATE_HOME)) return XDG_STATE_HOME;
    if (platform === 'win32') return LOCALAPPDATA || join(home, 'AppData', 'Local');
    if (platform === 'darwin') return join(home, 'Library', 'Application Support');
    return join(home, '.local', 'state');
}

/**
 * Opens the lines typed in earlier shells. Each new line is written at once, so that parallel shells lose no lines. A file
 * that cannot be read or written is not an error.
 */
export function openHistory(file: string) {
    const all = readLines(file);
    const lines = all.slice(-MAX_LINES);
    attempt(() => {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        if (all.length > MAX_LINES) writeFileSync(file, toText(lines), { mode: 0o600 });
        else appendFileSync(file, '', { mode: 0o600 });
        // The file may exist already, with other permissions.
        chmodSync(file, 0o600);
    });
    return {
        /** Oldest first. */
        lines,
        add(line: string) {
            if (line.trim() === '' || hasSecret(line)) return;
            attempt(() => appendFileSync(file, toText([line]), { mode: 0o600 }));
        }
    };
}

/** Whether the line has an option whose value may be a secret, with or without quotes. */
function hasSecret(line: string): boolean {
    return [line, ...splitWords(line).map(({ text }) => text)].some(text => /--(bearer|header)/.test(text));
}

function readLines(file: string): string[] {
    const text = attempt(() => readFileSync(file, 'utf8')) ?? '';
    return text.split('\n').filter(line => line !== '');
}

function toText(lines: readonly string[]): string {
    return lines.map(line => `${line}\n`).join('');
}

function attempt<T>(work: () => T): T | undefined {
    try {
        return work();
    } catch {
        return undefined;
    }
}
