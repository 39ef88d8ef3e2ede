import * as say from '../../../i18n/texts.ts';
import { t, translate } from '../../../state/preferences/language.ts';
import type { RecordStore } from '../../../state/wire/record.ts';
import { notesOf } from '../../../wire/diagram/notes.ts';
import type { Reach } from '../../../wire/diagram/reach.ts';
import type { Row } from '../../../wire/diagram/row.ts';

interface DiagramNoteProps {
    record: RecordStore;
    /** The selected row. */
    row: Row | undefined;
    reach: Reach | undefined;
}

/** What there is to explain about the selected row. Screen readers read it when the selection moves. */
export function DiagramNote({ record, row, reach }: DiagramNoteProps) {
    const [entry] = row?.entries ?? [];
    const isFolded = row?.fold !== undefined && !row.fold.isOpen;
    const notes = entry && !isFolded ? notesOf(entry, record.exchanges.of(entry.seq), reach) : [];
    return (
        <div class="diagram-note" role="status" aria-label={t(say.note.label)}>
            {notes.map(note =>
                typeof note === 'string' ? <code key={note}>{note}</code> : <p key={note.text[0]}>{translate(note)}</p>
            )}
        </div>
    );
}
