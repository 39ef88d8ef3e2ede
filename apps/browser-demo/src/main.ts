import { createMcpSession, type SessionState } from './mcp-session.ts';
import { createConnectionBar } from './view/connection-bar.ts';
import { element, findById } from './view/element.ts';
import { createToolCard } from './view/tool-card.ts';
import { createWireLog } from './view/wire-log.ts';

const toolList = findById('tools', HTMLElement);
const wireLog = createWireLog(findById('wire', HTMLElement));
const bar = createConnectionBar({ connect: () => session.connect(), disconnect: () => session.close() });

let listedSession: string | undefined;
let shownTools: string | undefined;

const session = createMcpSession({
    url: new URL('sse', document.baseURI).href,
    EventSource,
    fetch: window.fetch.bind(window),
    clientInfo: { name: 'browser-demo', version: '0.1.0' },
    onFrame: wireLog.add,
    onState: showState
});

function showState(state: SessionState): void {
    bar.show(state);
    if (state.status === 'connected' && state.sessionId !== listedSession) {
        listedSession = state.sessionId;
        showTools();
    }
}

async function showTools(): Promise<void> {
    try {
        const tools = await session.listTools();
        // Cards that fit stay, with what was entered and how the last call ended.
        const key = JSON.stringify(tools);
        if (key === shownTools) return;
        shownTools = key;
        toolList.replaceChildren(...tools.map(tool => createToolCard(tool, session.callTool)));
    } catch (error) {
        shownTools = undefined;
        const reason = error instanceof Error ? error.message : String(error);
        toolList.replaceChildren(element('p', { class: 'failure' }, `The tools could not be listed: ${reason}`));
    }
}

findById('clear', HTMLButtonElement).addEventListener('click', wireLog.clear);
session.connect();
