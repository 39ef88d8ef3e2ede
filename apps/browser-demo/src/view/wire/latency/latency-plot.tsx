import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import * as say from '../../../i18n/texts.ts';
import type { Page } from '../../../state/page.ts';
import { t } from '../../../state/preferences/language.ts';
import type { ShownWire } from '../../../state/wire/shown-record.ts';
import { toDuration } from '../../../wire/duration.ts';
import { createLastAnswered, type LatencySummary, summarizeLatency } from '../../../wire/latency.ts';
import { set } from '../../parts/signals.ts';
import { LatencyStrip } from './latency-strip.tsx';
import { LatencyTable } from './latency-table.tsx';

/** The number of calls to show. */
const SHOWN = 50;

/** The latency of the last calls in the visible record. It is folded at first, and rendered only while open. */
export function LatencyPlot({ page }: { page: Page }) {
    const { record, view } = page.shown.value;
    const isOpen = useSignal(false);
    return (
        <details class="latency" onToggle={({ currentTarget }) => set(isOpen, currentTarget.open)}>
            <summary>{t(say.latency.heading)}</summary>
            {isOpen.value && (
                <Plot key={page.replay.value === undefined ? 'live' : 'replay'} record={record} view={view} />
            )}
        </details>
    );
}

function Plot({ record, view }: ShownWire) {
    const answered = useMemo(() => createLastAnswered(record.wire, record.exchanges, SHOWN), [record]);
    useEffect(() => answered.stop, [answered]);
    // Other entries cause no render here.
    const last = useComputed(() => {
        void record.revision.value;
        return answered.list();
    });
    const summary = summarizeLatency(last.value);
    if (summary.points.length === 0) return <p class="empty">{t(say.latency.empty)}</p>;
    const colourOf = (session: string) => record.sessions.get(session)?.colour;
    return (
        <>
            <p class="latency-summary">{toSentence(summary)}</p>
            <LatencyStrip summary={summary} selected={view.selected} colourOf={colourOf} />
            <LatencyTable summary={summary} selected={view.selected} colourOf={colourOf} />
        </>
    );
}

function toSentence({ points, median = 0, p95 = 0 }: LatencySummary): string {
    const last = toDuration(points.at(-1)?.ms ?? 0);
    if (points.length === 1) return t(say.latency.one, { last });
    return t(say.latency.summary, { count: points.length, median: toDuration(median), p95: toDuration(p95), last });
}
