import { type ReadonlySignal, signal } from '@preact/signals';
import { type Message, message } from '../../i18n/i18n.ts';
import { reasonOf } from '../../i18n/page-error.ts';
import * as say from '../../i18n/texts.ts';
import type { TranscriptFile } from './replay.ts';

/** Opens files as transcripts, and reports files that are not transcripts. */
export interface TranscriptOpener {
    /** Why the last file could not be opened. */
    readonly refusal: ReadonlySignal<Message | undefined>;
    open(file: Pick<File, 'name' | 'text'>): Promise<void>;
    /** Hides the reason. */
    dismiss(): void;
}

export function createTranscriptOpener(startReplay: (file: TranscriptFile) => void): TranscriptOpener {
    const refusal = signal<Message>();
    return {
        refusal,
        async open(file) {
            const { name } = file;
            refusal.value = undefined;
            try {
                startReplay({ name, text: await file.text() });
            } catch (error) {
                refusal.value = message(say.replay.refused, { name, reason: reasonOf(error) });
            }
        },
        dismiss() {
            refusal.value = undefined;
        }
    };
}
