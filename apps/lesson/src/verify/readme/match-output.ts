/**
 * Whether a text shows these lines, one after another. Indentation, empty lines and the line ends of HTTP do not
 * count; `…` stands for any characters, and on a line of its own for any lines. The first line may begin within a line
 * of the text.
 */
export function showsOutput(output: string, expected: string): boolean {
    const pieces = linesOf(expected)
        .join('\n')
        .split(/\n?^…$\n?/m);
    const pattern = pieces.map(piece => piece.split('…').map(escapeRegExp).join('.*')).join('[^]*');
    return new RegExp(pattern).test(linesOf(output).join('\n'));
}

const linesOf = (text: string) =>
    text
        .split(/\r?\n/)
        .map(line => line.trim())
        .filter(line => line !== '');

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
