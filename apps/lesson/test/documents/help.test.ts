import type { Language } from '@calc/grader';
import { expect, test } from 'vitest';
import { createTestProgram } from '../helpers.ts';

/** Names, and words that both languages write the same. */
const SHARED = `npm run lesson en fr http localhost sse json url mcp stdio tgz
    archive arguments assistant code internet machine machines minutes options port solution terminal`.split(/\s+/);

/** The words in the help of all commands, without the names of commands and options. */
function readHelp(language: Language): string[] {
    const program = createTestProgram(language);
    const all = [program, ...program.commands];
    const names = [...SHARED, ...all.map(each => each.name())];
    const text = all.map(each => each.helpInformation()).join('\n');
    const words = text.toLowerCase().match(/(?<!-)\b\p{L}+/gu) ?? [];
    return words.filter(word => !names.includes(word));
}

test('the French help of each command has no English word', () => {
    const english = new Set(readHelp('en'));
    expect(readHelp('fr').filter(word => english.has(word))).toEqual([]);
});
