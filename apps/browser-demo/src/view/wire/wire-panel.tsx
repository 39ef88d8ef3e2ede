import { t } from '../../state/language.ts';
import type { Page } from '../../state/page.ts';
import { SequenceDiagram } from './diagram/sequence-diagram.tsx';
import { FrameList } from './frames/frame-list.tsx';
import { WireToolbar } from './wire-toolbar.tsx';

/** What goes over the wire: as a sequence diagram, and beside it frame by frame. */
export function WirePanel({ page }: { page: Page }) {
    const { record, view } = page.shown.value;
    return (
        <section class="wire" aria-labelledby="wire-heading">
            <div class="wire-head">
                <h2 id="wire-heading">{t('wire.heading')}</h2>
                <WireToolbar page={page} record={record} view={view} />
            </div>
            <SequenceDiagram record={record} view={view} />
            <FrameList record={record} view={view} />
        </section>
    );
}
