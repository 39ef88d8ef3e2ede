/** Of one character and of the edge around all, in pixels. */
const WIDTH = 8.4;
const HEIGHT = 20;
const EDGE = 16;

/**
 * Draws what a terminal shows as an SVG that is readable on light and dark pages. Each word is told its place and
 * width, so that columns stay columns in any font.
 *
 * @param screen lines with control sequences for bold, dim, red and green.
 * @throws {Error} at any other control sequence.
 */
export function drawTerminal(screen: string, columns: number, label: string): string {
    const lines = screen.trimEnd().split('\n');
    const width = Math.ceil(columns * WIDTH) + 2 * EDGE;
    const height = lines.length * HEIGHT + 2 * EDGE;
    // tmux names a style where it begins; the lines below keep it.
    const style: Style = { weight: '', colour: '' };
    const words = lines.flatMap((line, row) => drawLine(line, EDGE + (row + 0.75) * HEIGHT, style));
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(label)}">
<style>
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #24292f; }
rect { fill: #f6f8fa; stroke: #d0d7de; }
.bold { font-weight: 700; } .dim { fill: #57606a; } .green { fill: #1a7f37; } .red { fill: #cf222e; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .dim { fill: #8d96a0; } .green { fill: #3fb950; } .red { fill: #ff7b72; } rect { fill: #161b22; stroke: #30363d; } }
</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${words.join('\n')}
</svg>
`;
}

interface Style {
    weight: string;
    colour: string;
}

/** What the parameters of SGR set: the weight or the colour of what follows. */
const styles: Record<string, Partial<Style>> = {
    '': { weight: '', colour: '' },
    '0': { weight: '', colour: '' },
    '1': { weight: 'bold' },
    '2': { weight: 'dim' },
    '22': { weight: '' },
    '31': { colour: 'red' },
    '32': { colour: 'green' },
    '39': { colour: '' },
    '49': {}
};

/** @param style of the text before the line. It becomes that of the text after it. */
function drawLine(line: string, y: number, style: Style): string[] {
    let column = 0;
    const drawn: string[] = [];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is where the style changes
    for (const part of line.split(/(\x1b\[[\d;]*m)/)) {
        if (part.startsWith('\x1b')) {
            for (const code of part.slice(2, -1).split(';')) {
                const change = styles[code];
                if (change === undefined) throw new Error(`there is no way yet to draw the style ${code}`);
                Object.assign(style, change);
            }
        } else {
            const look = [style.weight, style.colour].filter(Boolean).join(' ');
            for (const { 0: word, index } of part.matchAll(/\S+/g)) {
                drawn.push(drawWord(word, EDGE + (column + index) * WIDTH, y, look));
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
