import { expect, test } from 'vitest';
import { formatMessage } from '../../../src/i18n/i18n.ts';
import type { TranscriptFile } from '../../../src/state/wire/replay.ts';
import { createTranscriptOpener } from '../../../src/state/wire/transcript-opener.ts';
import { parseTranscript } from '../../../src/wire/transcript/transcript.ts';

function createOpener() {
    const started: string[] = [];
    const startReplay = ({ name, text }: TranscriptFile) => {
        parseTranscript(text);
        started.push(name);
    };
    return { started, ...createTranscriptOpener(startReplay) };
}

const good = JSON.stringify({ format: 'mcp-wire-transcript', version: 1, facts: [] });

test('a file that is not a transcript is rejected with the place, in both languages', async () => {
    const { open, refusal, started } = createOpener();
    await open(new File(['{"format":"mcp-wire-transcript","version":2}'], 'old.json'));
    const told = refusal.value;
    expect(told && formatMessage('en', told)).toBe('Cannot replay old.json: version must be 1, got 2');
    expect(told && formatMessage('fr', told)).toBe('Impossible de lire old.json\u00a0: version doit être 1, et non 2');
    await open(new File([good], 'new.json'));
    expect([refusal.value, started]).toEqual([undefined, ['new.json']]);
});

test('a file that cannot be read is rejected with the message of the browser', async () => {
    const { open, refusal, dismiss } = createOpener();
    await open({ name: 'gone.json', text: () => Promise.reject(new Error('the file is gone')) });
    expect(refusal.value && formatMessage('en', refusal.value)).toBe('Cannot replay gone.json: the file is gone');
    dismiss();
    expect(refusal.value).toBeUndefined();
});
