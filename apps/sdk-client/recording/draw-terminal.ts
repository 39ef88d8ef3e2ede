/** Of one character and of the edge around all, in pixels. */
const WIDTH = 8.4;
const HEIGHT = 20;
const EDGE = 16;

/**
 * Draws what a terminal shows as an SVG that is readable on light and dark pages. Each word is told its place and
 * width, so that columns stay columns in any font.
 *
 * @param screen lines with control sequences for bold and dim.
 * @throws {Error} at any other control sequence.
 */
export function drawTerminal(screen: string, columns: number, label: string): string {
    const lines = screen.trimEnd().split('\n');
    const width = Math.ceil(columns * WIDTH) + 2 * EDGE;
    const height = lines.length * HEIGHT + 2 * EDGE;
    const words = lines.flatMap((line, row) => drawLine(line, EDGE + (row + 0.75) * HEIGHT));
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(label)}">
<style>
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #24292f; }
rect { fill: #f6f8fa; stroke: #d0d7de; }
.bold { font-weight: 700; } .dim { fill: #57606a; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .dim { fill: #8d96a0; } rect { fill: #161b22; stroke: #30363d; } }
</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${words.join('\n')}
</svg>
`;
}

/** By the parameters of SGR; 39 and 49 are the colours that there are anyway. */
const styles: Record<string, string> = { '': '', '0': '', '22': '', '1': 'bold', '2': 'dim' };

function drawLine(line: string, y: number): string[] {
    let column = 0;
    let style = '';
    const drawn: string[] = [];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is where the style changes
    for (const part of line.split(/(\x1b\[[\d;]*m)/)) {
        if (part.startsWith('\x1b')) {
            for (const code of part
                .slice(2, -1)
                .split(';')
                .filter(each => !['39', '49'].includes(each))) {
                const next = styles[code];
                if (next === undefined) throw new Error(`there is no way yet to draw the style ${code}`);
                style = next;
            }
        } else {
            for (const { 0: word, index } of part.matchAll(/\S+/g)) {
                drawn.push(drawWord(word, EDGE + (column + index) * WIDTH, y, style));
            }
            column += part.length;
        }
    }
    return drawn;
}

function drawWord(text: string, x: number, y: number, style: string): string {
    const look = style ? ` class="${style}"` : '';
    const width = (text.length * WIDTH).toFixed(1);
    return `<text${look} x="${x.toFixed(1)}" y="${y}" textLength="${width}" lengthAdjust="spacingAndGlyphs">${escapeText(text)}</text>`;
}

function escapeText(text: string): string {
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
