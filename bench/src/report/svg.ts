import type { Column, Figure, SectionResult } from '../result.ts';
import { formatNumber } from './format.ts';

interface Bar {
    column: Column;
    value: number;
}

interface Chart {
    title: string;
    bars: Bar[];
}

const WIDTH = 640;
const LABEL = 80;
const VALUE = 90;
const BAR = 20;
const GAP = 8;
const TITLE = 34;
const SPACE = 18;

const NAMES: Record<Column, string> = {
    tutorial: 'tutorial',
    ours: 'this one',
    transport: 'transport',
    bare: 'bare'
};

/** A bar chart of what the README shows, from those sections that were run; readable on light and dark ground. */
export function toSvg(sections: readonly SectionResult[]): string {
    const charts = [
        toChart(sections, 'calls-per-cpu-second', 'Calls per CPU second, tutorial server = 1 (more is better)'),
        toChart(sections, 'heap-few', 'Heap of an idle session, kB (less is better)')
    ].filter(chart => chart.bars.length > 0);
    let y = 0;
    const groups = charts.map(chart => {
        const group = drawChart(chart, y);
        y += heightOf(chart) + SPACE;
        return group;
    });
    const height = Math.max(y - SPACE, 0) + 8;
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${charts.map(({ title }) => title).join('; ')}">
<style>
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.title { font-weight: 600; }
.value { font-variant-numeric: tabular-nums; }
.tutorial { fill: #8c959f; } .bare { fill: #c8cdd3; } .ours { fill: #2f81f7; } .transport { fill: #79b8ff; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .bare { fill: #484f58; } }
</style>
${groups.join('\n')}
</svg>
`;
}

function toChart(sections: readonly SectionResult[], rowId: string, title: string): Chart {
    const row = sections.flatMap(({ rows }) => rows).find(({ id }) => id === rowId);
    const bars = (['tutorial', 'ours', 'transport', 'bare'] as const).flatMap(column => {
        const value = toValue(row?.figures[column]);
        return value === undefined ? [] : [{ column, value }];
    });
    return { title, bars };
}

function toValue(figure: Figure | undefined): number | undefined {
    if (typeof figure === 'object') return figure.median;
    return typeof figure === 'number' && Number.isFinite(figure) ? figure : undefined;
}

function heightOf({ bars }: Chart): number {
    return TITLE + bars.length * (BAR + GAP);
}

function drawChart({ title, bars }: Chart, top: number): string {
    const longest = Math.max(...bars.map(({ value }) => value));
    const scale = (WIDTH - LABEL - VALUE) / longest;
    const lines = bars.map(({ column, value }, index) => {
        const y = top + TITLE + index * (BAR + GAP);
        const width = Math.max(value * scale, 1).toFixed(1);
        const baseline = y + BAR * 0.72;
        return [
            `<text x="${LABEL - 8}" y="${baseline}" text-anchor="end">${NAMES[column]}</text>`,
            `<rect class="${column}" x="${LABEL}" y="${y}" width="${width}" height="${BAR}" rx="3"/>`,
            `<text class="value" x="${LABEL + Number(width) + 8}" y="${baseline}">${formatNumber(value)}</text>`
        ].join('');
    });
    return [`<text class="title" x="0" y="${top + 18}">${title}</text>`, ...lines].join('\n');
}
