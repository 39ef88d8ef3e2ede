import { variables } from './variables.ts';

/** The text of `--help`: every environment variable with its default and meaning. */
export function formatHelp(): string {
    const rows = Object.entries(variables).map(
        ([name, { shown, meaning }]) => [name, shown || 'empty', meaning] as const
    );
    const nameWidth = Math.max(...rows.map(([name]) => name.length));
    const shownWidth = Math.max(...rows.map(([, shown]) => shown.length));
    const lines = rows.map(
        ([name, shown, meaning]) => `  ${name.padEnd(nameWidth)}  ${shown.padEnd(shownWidth)}  ${meaning}`
    );
    const title = 'Serves the calculator tools over MCP. Set environment variables to change it:';
    return [title, '', ...lines, ''].join('\n');
}
