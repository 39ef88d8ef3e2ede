import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The Markdown files that people read, by their path from the root. */
export const pages = [
    'README.md',
    'AGENTS.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'packages/transport/README.md',
    ...readdirSync(`${root}docs`)
        .filter(name => name.endsWith('.md'))
        .map(name => `docs/${name}`)
];

export function read(path: string): string {
    return readFileSync(root + path, 'utf8');
}
