import { useMemo } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import type { Page } from '../../state/page.ts';
import { t } from '../../state/preferences/language.ts';
import { createTranscriptOpener } from '../../state/wire/transcript-opener.ts';
import { SequenceDiagram } from './diagram/sequence-diagram.tsx';
import { FrameList } from './frames/frame-list.tsx';
import { LastCall } from './last-call.tsx';
import { useFileDrop } from './transcript/file-drop.ts';
import { WireToolbar } from './wire-toolbar.tsx';

/** The wire: the sequence diagram with the last call below it, and the list of frames next to it. */
export function WirePanel({ page }: { page: Page }) {
    const { record, view } = page.shown.value;
    const opener = useMemo(() => createTranscriptOpener(page.startReplay), [page]);
    const { isOver, handlers } = useFileDrop(file => void opener.open(file));
    return (
        <section class="wire" aria-labelledby="wire-heading" data-dropping={isOver.value || undefined} {...handlers}>
            <div class="wire-head">
                <h2 id="wire-heading" tabIndex={-1}>
                    {t(say.wire.heading)}
                </h2>
                <WireToolbar page={page} record={record} view={view} opener={opener} />
            </div>
            <SequenceDiagram record={record} view={view} />
            <LastCall record={record} />
            {/* One for each record, because the scroll position of another record does not apply. */}
            <FrameList
                key={view}
                record={record}
                view={view}
                connections={page.replay.value ? [] : page.connections.value}
            />
        </section>
    );
}
