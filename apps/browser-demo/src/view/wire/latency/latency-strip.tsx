import type { Signal } from '@preact/signals';
import * as say from '../../../i18n/texts.ts';
import { t } from '../../../state/preferences/language.ts';
import type { LatencySummary } from '../../../wire/latency.ts';
import { set } from '../../parts/signals.ts';

/** The props of both pictures of the latency. */
export interface LatencyProps {
    summary: LatencySummary;
    selected: Signal<number | undefined>;
    colourOf(session: string): number | undefined;
}

/** One dot for each call, oldest first; higher means slower. The sentence and the table say the same in words. */
export function LatencyStrip({ summary, selected, colourOf }: LatencyProps) {
    const { points, median = 0, p95 = 0, max = 0 } = summary;
    // The names of the lines are at the right.
    const x = (index: number) => `${(80 * (index + 0.5)) / points.length}%`;
    const y = (ms: number) => 88 - (max > 0 ? (66 * ms) / max : 0);
    const areClose = y(median) - y(p95) < 30;
    // If names would overlap, they move apart: upwards at the bottom of the strip, downwards at its top.
    const down = y(median) < 55 ? 1.1 : 0.3;
    return (
        <svg class="latency-strip" aria-hidden="true">
            <Line at={`${y(median)}%`} name="median" dy={areClose ? down : 0.3} />
            <Line at={`${y(p95)}%`} name="p95" dy={areClose ? down - 1.1 : 0.3} />
            {points.map(({ seq, session, ms, isError, method }, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the table has buttons for the same.
                <svg
                    key={seq}
                    class="latency-dot"
                    x={x(index)}
                    y={`${y(ms)}%`}
                    overflow="visible"
                    data-colour={colourOf(session)}
                    data-selected={selected.value === seq}
                    onClick={() => set(selected, seq)}
                >
                    <title>{`${session} ${method}`}</title>
                    <circle class="hit" r="10" />
                    {selected.value === seq && <circle class="ring" r="8" />}
                    {isError ? <path d="M-4-4L4 4M4-4L-4 4" /> : <circle r="4" />}
                </svg>
            ))}
        </svg>
    );
}

interface LineProps {
    at: string;
    name: 'median' | 'p95';
    /** The offset of a name below its line, in em, so that names do not overlap. */
    dy: number;
}

function Line({ at, name, dy }: LineProps) {
    return (
        <g class={`latency-line ${name}`}>
            <line x1="0" x2="80%" y1={at} y2={at} />
            <text x="81%" y={at} dy={`${dy}em`}>
                {t(say.latencyLine[name])}
            </text>
        </g>
    );
}
