/** A part of a page, from a heading to the next. */
export interface Section {
    heading: string;
    /** All of it, with the heading. */
    text: string;
}

/** A fenced block of a page. */
export interface Block {
    /** The word after the fence, such as `ts`; empty if there is none. */
    language: string;
    text: string;
    /** The line of its fence in the page, from 1. */
    line: number;
}

/** Splits a page at its headings; a `#` in a fenced block is not a heading. */
export function splitSections(markdown: string): Section[] {
    const sections: Section[] = [];
    let isCode = false;
    for (const line of markdown.split('\n')) {
        if (line.startsWith('```')) isCode = !isCode;
        const current = sections.at(-1);
        if (!isCode && /^#{1,3} /.test(line)) sections.push({ heading: line, text: `${line}\n` });
        else if (current) current.text += `${line}\n`;
    }
    return sections;
}

export function findBlocks(markdown: string): Block[] {
    return [...markdown.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(({ index, 1: language = '', 2: text = '' }) => ({
        language,
        text,
        line: markdown.slice(0, index).split('\n').length
    }));
}

/** The page without fenced blocks, code spans, links' targets and comments: what is said in words. */
export const proseOf = (markdown: string): string =>
    markdown.replace(/^```.*\n[\s\S]*?^```$/gm, '').replace(/`[^`]*`|<!--[\s\S]*?-->|\]\([^)]*\)/g, '');
