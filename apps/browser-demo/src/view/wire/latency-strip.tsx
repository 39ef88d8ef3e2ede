import type { Signal } from '@preact/signals';
import type { LatencySummary } from '../../model/latency.ts';
import { t } from '../../state/language.ts';

interface LatencyStripProps {
    summary: LatencySummary;
    selected: Signal<number | undefined>;
    colourOf(session: string): number;
}

/** Dots from the oldest call to the newest, the higher the slower. The sentence and the table say the same in words. */
export function LatencyStrip({ summary, selected, colourOf }: LatencyStripProps) {
    const { points, median = 0, p95 = 0, max = 0 } = summary;
    const x = (index: number) => `${(100 * (index + 0.5)) / points.length}%`;
    // Some room above the slowest.
    const y = (ms: number) => `${92 - (max > 0 ? (80 * ms) / max : 0)}%`;
    return (
        <svg class="latency-strip" aria-hidden="true">
            <Line at={y(median)} name="median" />
            <Line at={y(p95)} name="p95" />
            {points.map(({ seq, session, ms, isError, method }, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the table has buttons for the same.
                <svg
                    key={seq}
                    class="latency-dot"
                    x={x(index)}
                    y={y(ms)}
                    overflow="visible"
                    data-colour={colourOf(session)}
                    data-selected={selected.value === seq}
                    onClick={() => {
                        selected.value = seq;
                    }}
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

function Line({ at, name }: { at: string; name: 'median' | 'p95' }) {
    return (
        <g class={`latency-line ${name}`}>
            <line x1="0" x2="100%" y1={at} y2={at} />
            <text x="100%" y={at} dx="-4" dy={name === 'median' ? '14' : '-4'} text-anchor="end">
                {t(`latency.${name}`)}
            </text>
        </g>
    );
}
