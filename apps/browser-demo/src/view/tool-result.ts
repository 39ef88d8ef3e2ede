import type { ToolResult } from '../tools.ts';
import { element } from './element.ts';

/** What a call gave: its text first, then the same for programs. */
export function resultNodes({ content, isError, structuredContent }: ToolResult): HTMLElement[] {
    const nodes = content.map(block => {
        return typeof block.text === 'string'
            ? element('span', { class: 'result-text' }, block.text)
            : element('code', { class: 'result-data' }, JSON.stringify(block, null, 2));
    });
    if (isError) nodes.unshift(errorMark());
    if (structuredContent !== undefined) {
        nodes.push(element('span', { class: 'result-caption' }, 'structuredContent'));
        nodes.push(element('code', { class: 'result-data' }, JSON.stringify(structuredContent, null, 2)));
    }
    return nodes;
}

/** Why a call gave no result. */
export function failureNodes(message: string): HTMLElement[] {
    return [errorMark(), element('span', { class: 'result-text' }, message)];
}

function errorMark(): HTMLElement {
    return element('strong', { class: 'result-mark' }, 'Error');
}
