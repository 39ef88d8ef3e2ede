import { useId, useMemo } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import type { RecordStore } from '../../state/wire/record.ts';
import { createRows } from '../../wire/diagram/rows.ts';
import type { Exchange } from '../../wire/exchanges.ts';
import { resultText } from '../../wire/last-call.ts';
import { lookOfRow } from './diagram/diagram-row.tsx';
import { RowContent } from './diagram/row-content.tsx';
import { type RowContents, useRowContents } from './diagram/row-contents.ts';

/** The last call of the user: a small picture of its request, its status and its reply, which is always in sight. */
export function LastCall({ record }: { record: RecordStore }) {
    void record.revision.value;
    const exchange = record.lastCall();
    return exchange ? <CallPicture key={exchange.sent.seq} record={record} exchange={exchange} /> : null;
}

function CallPicture({ record, exchange }: { record: RecordStore; exchange: Exchange }) {
    // The exchange itself grows with its answers.
    void record.revision.value;
    const headingId = useId();
    const { sent, answered, reply } = exchange;
    const rowsOf = useMemo(() => createRows(record), []);
    const result = useMemo(() => reply && resultText(reply), [reply]);
    const colourOf = useMemo(() => (session: string) => record.sessions.get(session)?.colour, [record]);
    const hasBadges = record.sessions.list().length > 1;
    const contentsOf = useRowContents(record, { hasBadges, emphasized: undefined, colourOf });
    const entries = [sent, answered, reply].filter(entry => entry !== undefined).sort((a, b) => a.seq - b.seq);
    return (
        <section class="last-call" aria-labelledby={headingId}>
            <div class="last-call-head">
                <span aria-hidden="true">{t(say.diagram.browser)}</span>
                <h3 id={headingId}>{t(say.layout.lastCall)}</h3>
                <span aria-hidden="true">{t(say.diagram.server)}</span>
            </div>
            <ol>
                {rowsOf(entries).list.map(row => {
                    const contents = contentsOf(row);
                    return (
                        <li key={row.seq} data-colour={colourOf(exchange.session)} {...lookOfRow(contents)}>
                            <RowContent contents={row.seq === reply?.seq ? withResult(contents, result) : contents} />
                        </li>
                    );
                })}
            </ol>
        </section>
    );
}

/** The reply says what the result is. */
function withResult(contents: RowContents, result = ''): RowContents {
    const { label } = contents;
    return typeof label.text === 'string'
        ? { ...contents, label: { ...label, text: `${label.text} ${result}` } }
        : contents;
}
