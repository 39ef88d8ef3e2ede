import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { historyFile, MAX_LINES, openHistory } from '../../src/shell/history.ts';

function makeFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'history-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return folder;
}

test('what one shell writes the next one reads; the file is for its owner alone', () => {
    const file = join(makeFolder(), 'new', 'shell-history');
    const first = openHistory(file);
    for (const line of ['tools', '   ', 'call add a=2 b=3']) first.add(line);
    expect(openHistory(file).lines).toEqual(['tools', 'call add a=2 b=3']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
});

test('a file that others could read is closed to them', () => {
    const file = join(makeFolder(), 'shell-history');
    writeFileSync(file, 'tools\n');
    chmodSync(file, 0o644);
    openHistory(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('two shells at once lose no line of each other', () => {
    const file = join(makeFolder(), 'shell-history');
    const [one, other] = [openHistory(file), openHistory(file)];
    one.add('first');
    other.add('second');
    one.add('third');
    expect(openHistory(file).lines).toEqual(['first', 'second', 'third']);
});

test('only the newest lines are kept', () => {
    const file = join(makeFolder(), 'shell-history');
    writeFileSync(file, Array.from({ length: MAX_LINES + 5 }, (_, number) => `${number}\n`).join(''));
    expect(openHistory(file).lines).toHaveLength(MAX_LINES);
    expect(readFileSync(file, 'utf8').split('\n').slice(0, 2)).toEqual(['5', '6']);
});

test.each(['ping --bearer secret', 'ping --header="X: secret"', 'ping --header-file x', `ping --bea"rer" secret`])(
    'a line with a credential is not written: %s',
    line => {
        const file = join(makeFolder(), 'shell-history');
        openHistory(file).add(line);
        expect(readFileSync(file, 'utf8')).toBe('');
    }
);

test('a history file that cannot be written causes no error', () => {
    const folder = makeFolder();
    const history = openHistory(folder);
    history.add('tools');
    expect(history.lines).toEqual([]);
    writeFileSync(join(folder, 'file'), '');
    expect(() => openHistory(join(folder, 'file', 'shell-history')).add('tools')).not.toThrow();
});

test.each([
    [{ XDG_STATE_HOME: '/state' }, 'linux', '/state'],
    [{ XDG_STATE_HOME: 'state' }, 'linux', '/home/me/.local/state'],
    [{}, 'darwin', '/home/me/Library/Application Support'],
    [{ LOCALAPPDATA: '/local' }, 'win32', '/local'],
    [{}, 'win32', '/home/me/AppData/Local']
] as const)('%j on %s: it is kept in %s', (env, platform, folder) => {
    expect(historyFile(env, platform, '/home/me')).toBe(join(folder, 'mcp-calculator', 'shell-history'));
});
