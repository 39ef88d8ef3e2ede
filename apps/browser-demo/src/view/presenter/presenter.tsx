import { useMemo } from 'preact/hooks';
import type { Message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { t, translate } from '../../state/preferences/language.ts';
import type { ShownWire } from '../../state/wire/shown-record.ts';
import { createRows, rowOf } from '../../wire/diagram/rows.ts';
import { sentenceOf } from '../../wire/diagram/sentence.ts';
import { useRowContents } from '../wire/diagram/row-contents.ts';

/** Below the diagram of the presenter view: the step that is shown, in words, and the button that leaves the view. */
export function Presenter({ record, view, leave }: ShownWire & { leave(): void }) {
    return (
        <div class="presenter">
            <h1 class="visually-hidden">{t(say.presenter.heading)}</h1>
            <Caption record={record} view={view} />
            <button type="button" aria-keyshortcuts="P" onClick={leave}>
                {t(say.presenter.leave)}
            </button>
        </div>
    );
}

/** The sentence of the row that is pointed at or selected, otherwise of the newest. */
function Caption({ record, view }: ShownWire) {
    const rowsOf = useMemo(() => createRows(record), [record]);
    const { list, sessions } = rowsOf(view.entries.value, view.unfolded.value);
    const colourOf = useMemo(() => (session: string) => record.sessions.get(session)?.colour, [record]);
    const contentsOf = useRowContents(record, { hasBadges: sessions.size > 1, emphasized: undefined, colourOf });
    const row = list[rowOf(list, view.pointed.value ?? view.selected.value ?? -1)] ?? list.at(-1);
    return <p class="caption">{row && translate(stepOf(contentsOf(row)))}</p>;
}

/** The sentence of a row, without its time: an audience has no use for milliseconds. */
function stepOf({ row, label, hasBadges }: ReturnType<ReturnType<typeof useRowContents>>): Message {
    const [entry] = row.entries;
    const session = hasBadges ? entry.session : undefined;
    const { values } = sentenceOf(entry, label, session);
    return { text: session === undefined ? say.presenter.step : say.presenter.stepOf, values };
}
