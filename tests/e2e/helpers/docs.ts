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
    ...['docs', 'docs/walkthroughs'].flatMap(folder =>
        readdirSync(root + folder)
            .filter(name => name.endsWith('.md'))
            .map(name => `${folder}/${name}`)
    )
];

export function read(path: string): string {
    return readFileSync(root + path, 'utf8');
}

export const walkthroughs = readdirSync(`${root}docs/walkthroughs`).map(name => `docs/walkthroughs/${name}`);

/** The code blocks of a page in one language, or in none, without their indentation. */
export function blocksOf(page: string, language: string): string[] {
    const blocks = [...read(page).matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```$/gm)];
    return blocks
        .filter(([, , name]) => name === language)
        .map(([, indent = '', , code = '']) => code.replace(new RegExp(`^${indent}`, 'gm'), '').trimEnd());
}

/** How a program finds a server: by a command that it starts, or by an address. */
export interface ServerEntry {
    type?: string;
    url?: string;
    command?: string;
    args?: string[];
}

/** All servers in the files that a page shows. Claude's files call the list mcpServers, VS Code's servers. */
export function serversOf(page: string): ServerEntry[] {
    return blocksOf(page, 'json').flatMap(json => {
        const { servers, mcpServers } = JSON.parse(json);
        return Object.values<ServerEntry>(servers ?? mcpServers);
    });
}

/** A command of a page with the folder of this project in place of the example. */
export function inThisFolder(words: readonly string[]): string[] {
    return words.map(word => word.replace('/path/to/mcp-calculator', root));
}
