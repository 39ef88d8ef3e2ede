import * as say from '../../../i18n/texts.ts';
import { t } from '../../../state/preferences/language.ts';
import type { ShownWire } from '../../../state/wire/shown-record.ts';
import { DiagramRows } from './diagram-rows.tsx';

/** Browser and server as life lines, with arrows for what they send. */
export function SequenceDiagram({ record, view }: ShownWire) {
    if (view.entries.value.length > 0) return <DiagramRows record={record} view={view} />;
    return (
        <div class="diagram" data-tour="diagram">
            <p class="empty">{t(record.wire.size > 0 ? say.frames.noMatch : say.diagram.empty)}</p>
        </div>
    );
}
