import { expect, test } from 'vitest';
import { readLines } from '../src/read-lines.ts';

/** The lines of a text that arrives in chunks of `size` bytes. */
async function linesOf(text: string, size: number, maxBytes = 100): Promise<string[]> {
    async function* input() {
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    const lines: string[] = [];
    for await (const line of readLines(input(), maxBytes))
        lines.push(line === 'too-long' ? line : line.bytes.toString());
    return lines;
}

test('readLines returns the same lines for every size of chunk', async () => {
    for (let size = 1; size < 30; size++) {
        expect(await linesOf('\uFEFFone\n\ntwo ü\r\n\uFEFFthree\nlast', size)).toEqual([
            'one',
            '',
            'two ü\r',
            '\uFEFFthree',
            'last'
        ]);
        expect(await linesOf('one\n', size)).toEqual(['one']);
    }
    expect(await linesOf('', 1)).toEqual([]);
});

test('readLines reports a line over the limit as too long, and reads the next', async () => {
    for (let size = 1; size < 30; size++) {
        const lines = await linesOf('12345\n123456\n1\n12345678901234567', size, 5);
        expect(lines).toEqual(['12345', 'too-long', '1', 'too-long']);
    }
});

test('readLines does not overwrite a line with the next', async () => {
    const kept: unknown[] = [];
    async function* input() {
        for (const text of ['aa', 'a\nbb', 'b\n']) yield Buffer.from(text);
    }
    for await (const line of readLines(input(), 100)) kept.push(line);
    expect(kept).toEqual([{ bytes: Buffer.from('aaa') }, { bytes: Buffer.from('bbb') }]);
});
