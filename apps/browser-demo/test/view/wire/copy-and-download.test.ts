import { expect, test } from 'vitest';
import { copyText } from '../../../src/view/wire/frames/clipboard.ts';
import { transcriptName } from '../../../src/view/wire/transcript/transcript-name.ts';

test('copyText returns false if the browser does not allow it', async () => {
    const copied: string[] = [];
    const clipboard = { writeText: async (text: string) => void copied.push(text) };
    expect([await copyText('curl', clipboard), copied]).toEqual([true, ['curl']]);
    const refusing = { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) };
    expect(await copyText('curl', refusing)).toBe(false);
    expect(await copyText('curl', undefined)).toBe(false);
});

test('a transcript is named by its time', () => {
    expect(transcriptName(new Date(2026, 0, 2, 3, 4, 5))).toBe('mcp-wire-2026-01-02-030405.json');
});
