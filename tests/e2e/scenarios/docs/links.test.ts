import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { pages, read, root } from '../../helpers/docs.ts';

test('every file and heading that a page links to exists', () => {
    const broken: string[] = [];
    for (const page of pages) {
        for (const [, target = ''] of withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)) {
            if (!/^\w+:/.test(target) && !leadsSomewhere(page, target)) broken.push(`${page}: ${target}`);
        }
    }
    expect(broken).toEqual([]);
});

test('every path in code that begins at the root of the project exists', () => {
    const broken: string[] = [];
    for (const page of pages) {
        for (const [, path = ''] of read(page).matchAll(
            /`((?:apps|bench|deploy|docs|packages|scripts|tests)\/[\w./-]+)`/g
        )) {
            if (!existsSync(root + path)) broken.push(`${page}: ${path}`);
        }
    }
    expect(broken).toEqual([]);
});

function leadsSomewhere(page: string, target: string): boolean {
    const [file = '', anchor] = target.split('#');
    const path = file === '' ? page : join(dirname(page), file);
    if (!existsSync(join(root, path))) return false;
    return anchor === undefined || anchorsOf(read(path)).has(anchor);
}

/** The anchors that GitHub gives to headings, and those that a page names itself. */
function anchorsOf(markdown: string): Set<string> {
    const headings = [...withoutCode(markdown).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
        text
            .toLowerCase()
            .replace(/[^\p{L}\p{N} _-]/gu, '')
            .replaceAll(' ', '-')
    );
    const named = [...markdown.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
    return new Set([...headings, ...named]);
}

function withoutCode(markdown: string): string {
    return markdown.replace(/^```[\s\S]*?^```$/gm, '');
}
