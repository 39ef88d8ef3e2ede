import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import * as say from '../../../i18n/texts.ts';
import { t } from '../../../state/preferences/language.ts';
import type { RecordStore } from '../../../state/wire/record.ts';
import type { TranscriptOpener } from '../../../state/wire/transcript-opener.ts';
import { toTranscript } from '../../../wire/transcript/transcript.ts';
import { QuietButton } from '../../parts/quiet-button.tsx';
import { toggle } from '../../parts/signals.ts';
import { download } from './download.ts';
import { transcriptName } from './transcript-name.ts';

/** Downloads the record as a file, and opens a file. */
export function TranscriptMenu({ record, opener }: { record: RecordStore; opener: TranscriptOpener }) {
    const id = useId();
    const panel = useRef<HTMLDivElement>(null);
    const picker = useRef<HTMLInputElement>(null);
    const keepsIds = useSignal(false);

    const save = (): void => {
        const sessions = record.sessions.list();
        const endpoints = sessions.flatMap(({ endpoint }) => endpoint ?? []);
        const sessionIds = sessions.map(({ sessionId }) => sessionId);
        const text = toTranscript(record.wire.entries(), { keepSessionIds: keepsIds.value, endpoints, sessionIds });
        download(transcriptName(new Date()), text);
        panel.current?.hidePopover();
    };
    const open = (): void => {
        const [file] = picker.current?.files ?? [];
        if (!file || !picker.current) return;
        void opener.open(file);
        // Lets the user choose the same file again.
        picker.current.value = '';
        panel.current?.hidePopover();
    };
    return (
        <>
            <QuietButton popovertarget={id} data-tour="transcript">
                {t(say.toolbar.transcript)}
            </QuietButton>
            <div ref={panel} id={id} class="transcript-menu" popover="auto">
                <button type="button" onClick={save}>
                    {t(say.toolbar.download)}
                </button>
                <label>
                    <input
                        type="checkbox"
                        checked={keepsIds.value}
                        aria-describedby={`${id}-why`}
                        onChange={() => toggle(keepsIds)}
                    />
                    {t(say.toolbar.keepIds)}
                </label>
                <p id={`${id}-why`}>{t(say.toolbar.keepIdsWhy)}</p>
                <hr />
                <button type="button" onClick={() => picker.current?.click()}>
                    {t(say.toolbar.open)}
                </button>
                <p>{t(say.toolbar.drop)}</p>
                <input
                    ref={picker}
                    type="file"
                    accept=".json,application/json"
                    aria-label={t(say.toolbar.open)}
                    hidden
                    onChange={open}
                />
            </div>
        </>
    );
}
