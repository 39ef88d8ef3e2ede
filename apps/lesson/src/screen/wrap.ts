/** Breaks lines between words. What follows a label, such as `Next  `, continues below itself. */
export function wrap(text: string, columns: number): string {
    return text
        .split('\n')
        .flatMap(line => wrapLine(line, columns))
        .join('\n');
}

function wrapLine(line: string, columns: number): string[] {
    const indent = Math.min(/^(?:\S+(?: \S+)?)? {2,}/.exec(line)?.[0].length ?? 0, columns / 2);
    const lines: string[] = [];
    let rest = line;
    while (rest.length > columns) {
        const space = rest.lastIndexOf(' ', columns);
        // A word that is longer than a line, such as an address, is left to the terminal.
        const end = space > indent ? space : rest.indexOf(' ', columns);
        if (end === -1) break;
        lines.push(rest.slice(0, end));
        rest = ' '.repeat(indent) + rest.slice(end + 1);
    }
    return [...lines, rest];
}
