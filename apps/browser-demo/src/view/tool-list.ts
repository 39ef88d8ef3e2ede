import type { McpSession } from '../mcp-session.ts';
import { element, findById } from './element.ts';
import { createToolCard } from './tool-card.ts';

/** The tools that the server lists, a card each. */
export interface ToolList {
    /** Lists the tools of that session, once. */
    showFor(sessionId: string): void;
    /** Shows nothing of any session. */
    clear(): void;
}

export function createToolList(session: McpSession): ToolList {
    const list = findById('tools', HTMLElement);
    const empty = [...list.childNodes];
    let listedSession: string | undefined;
    let shownTools: string | undefined;

    async function showTools(): Promise<void> {
        try {
            const tools = await session.listTools();
            // Cards that fit stay, with what was entered and how the last call ended.
            const key = JSON.stringify(tools);
            if (key === shownTools) return;
            shownTools = key;
            list.replaceChildren(...tools.map(tool => createToolCard(tool, session.callTool)));
        } catch (error) {
            listedSession = undefined;
            shownTools = undefined;
            const reason = error instanceof Error ? error.message : String(error);
            list.replaceChildren(element('p', { class: 'failure' }, `The tools could not be listed: ${reason}`));
        }
    }

    return {
        showFor(sessionId) {
            if (sessionId === listedSession) return;
            listedSession = sessionId;
            showTools();
        },
        clear() {
            listedSession = undefined;
            shownTools = undefined;
            list.replaceChildren(...empty);
        }
    };
}
