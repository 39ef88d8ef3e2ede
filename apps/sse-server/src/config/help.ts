import { variables } from './variables.ts';

/** The text of `--help`: every environment variable with its default and meaning. */
export function formatHelp(): string {
    const rows = Object.entries(variables).map(([name, { shown, meaning }]) => [name, shown || 'empty', meaning]);
    const width = (column: number) => Math.max(...rows.map(row => row[column]?.length ?? 0));
    const [names, defaults] = [width(0), width(1)];
    const lines = rows.map(([name = '', shown = '', meaning]) => {
        return `  ${name.padEnd(names)}  ${shown.padEnd(defaults)}  ${meaning}`;
    });
    return ['Serves the calculator tools over MCP. Set environment variables to change it:', '', ...lines, ''].join(
        '\n'
    );
}
