import type { RecordStore } from '../../../state/record.ts';
import type { WireView } from '../../../state/wire-view.ts';

interface SequenceDiagramProps {
    record: RecordStore;
    view: WireView;
}

/** Browser and server as life lines, and between them what travels. */
export function SequenceDiagram({ record, view }: SequenceDiagramProps) {
    void record;
    void view;
    return <div class="diagram" />;
}
