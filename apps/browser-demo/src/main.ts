import { createMcpSession, type SessionState } from './mcp-session.ts';
import { createSignIn } from './sign-in.ts';
import { createConnectionBar } from './view/connection-bar.ts';
import { findById } from './view/element.ts';
import { createSignInForm } from './view/sign-in-form.ts';
import { createToolList } from './view/tool-list.ts';
import { createWireLog } from './view/wire-log.ts';

const FORGOTTEN = 'You are signed out: the sign-in ran out or was ended, or the server was restarted.';
const NO_COOKIE = 'The browser did not keep the sign-in; let this site set cookies and sign in again.';

const url = document.baseURI;
const fetch = window.fetch.bind(window);
const workspace = findById('workspace', HTMLElement);
const wireLog = createWireLog(findById('wire', HTMLElement));
const bar = createConnectionBar({ connect: () => void start(), disconnect: stop, signOut });
const signIn = createSignIn({ url, fetch });
const form = createSignInForm(async token => {
    await signIn.signIn(token);
    form.hide();
    showSession(true);
    findById('tools-heading', HTMLElement).focus();
    void start(NO_COOKIE);
});
const session = createMcpSession({
    url: new URL('sse', url).href,
    EventSource,
    fetch,
    clientInfo: { name: 'browser-demo', version: '0.1.0' },
    onFrame: wireLog.add,
    onState: showState
});
const toolList = createToolList(session);

// What the server says of an attempt that is over is no news.
let attempt = 0;

/** Connects, or asks for the token first; `reason` is given if it has to be asked for. */
async function start(reason?: string): Promise<void> {
    const mine = ++attempt;
    bar.show({ status: 'connecting' });
    try {
        const { tokenWanted, signedIn } = await signIn.check();
        if (mine !== attempt) return;
        bar.offerSignOut(tokenWanted);
        if (signedIn) session.connect();
        else askForToken(reason);
    } catch (error) {
        if (mine === attempt) showFailure(error);
    }
}

function stop(): void {
    attempt++;
    session.close();
}

async function signOut(): Promise<void> {
    stop();
    const mine = attempt;
    try {
        await signIn.signOut();
        toolList.clear();
        wireLog.clear();
        askForToken();
    } catch (error) {
        if (mine === attempt) showFailure(error);
    }
}

function showState(state: SessionState): void {
    bar.show(state);
    if (state.status === 'connected') toolList.showFor(state.sessionId);
    if (state.status === 'disconnected' && state.hint !== undefined) void findOutWhy();
}

/** Asks for the token again if that is why the session ended: an EventSource does not tell how it was answered. */
async function findOutWhy(): Promise<void> {
    const mine = ++attempt;
    // Without an answer, what the page says already is all there is to say.
    const access = await signIn.check().catch(() => undefined);
    if (mine === attempt && access?.signedIn === false) askForToken(FORGOTTEN);
}

function askForToken(reason?: string): void {
    stop();
    showSession(false);
    form.show(reason);
}

function showSession(shown: boolean): void {
    bar.setShown(shown);
    workspace.hidden = !shown;
}

function showFailure(error: unknown): void {
    bar.show({ status: 'disconnected', hint: error instanceof Error ? error.message : String(error) });
}

findById('clear', HTMLButtonElement).addEventListener('click', wireLog.clear);
void start();
