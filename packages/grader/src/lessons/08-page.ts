import { nothingFor } from '../attempt.ts';
import type { Check, CheckFailure } from '../check.ts';
import { clauses } from '../clauses.ts';
import type { OpenPage, PageAttempt } from '../page/page-attempt.ts';
import { calls } from './page/calls.ts';
import { drops } from './page/drops.ts';
import { openPage, openReady, rejectFaults, showPage } from './page/open-page.ts';

const opensPage = {
    en: 'opens index.html?stream=… in a browser',
    fr: 'ouvre index.html?stream=… dans un navigateur'
};

const opens: Check<PageAttempt> = {
    id: 'page-opens-stream',
    title: { en: 'The page opens the event stream', fr: "La page ouvre le flux d'événements" },
    sends: opensPage,
    expects: {
        en: 'one GET of the address in the query parameter `stream`, with Accept: text/event-stream',
        fr: "un GET de l'adresse donnée par le paramètre `stream`, avec Accept: text/event-stream"
    },
    clause: clauses.eventSource,
    next: {
        en: 'Create one EventSource with the address in the query parameter `stream`, or /sse without one.',
        fr: "Créez un seul EventSource avec l'adresse du paramètre `stream`, ou /sse s'il manque."
    },
    // The first check starts the browser.
    ifEnded: {
        expected: { en: 'a browser that starts', fr: 'un navigateur qui démarre' },
        next: {
            en: 'Install Google Chrome or Microsoft Edge, or set CHROMIUM_PATH to the program of a Chromium.',
            fr: "Installez Google Chrome ou Microsoft Edge, ou mettez dans CHROMIUM_PATH le programme d'un Chromium."
        }
    },
    async run(attempt) {
        const opened = await openPage(attempt);
        const { server } = opened;
        await server.until(() => server.sessions.length > 0, attempt.limitMs);
        if (server.sessions.length !== 1) throw attempt.failure({ received: await showPage(opened) });
    }
};

const posts: Check<PageAttempt> = {
    id: 'page-posts-to-endpoint',
    title: {
        en: 'The page POSTs JSON to the address from the event `endpoint`',
        fr: "La page envoie du JSON par POST à l'adresse de l'événement `endpoint`"
    },
    sends: {
        en: 'the event `endpoint`, with a path, a whole URL, or an address relative to that of the stream',
        fr: "l'événement `endpoint`, avec un chemin, une URL entière, ou une adresse relative à celle du flux"
    },
    expects: {
        en: 'a POST to that address, with Content-Type: application/json and "jsonrpc":"2.0"',
        fr: 'un POST à cette adresse, avec Content-Type: application/json et "jsonrpc":"2.0"'
    },
    clause: clauses.httpWithSse,
    next: {
        en: 'Listen for the event `endpoint` with addEventListener, and resolve its data: new URL(event.data, stream.url).',
        fr: "Écoutez l'événement `endpoint` par addEventListener, et résolvez sa donnée : new URL(event.data, stream.url)."
    },
    async run(attempt) {
        // A page that resolves both of these resolves a path as well.
        for (const endpointForm of ['url', 'relative'] as const) {
            const opened = await openPage(attempt, { endpointForm });
            const { server } = opened;
            const arrived = () => (server.sessions[0]?.messages.length ?? 0) > 0;
            await server.until(() => arrived() || server.faults.length > 0, attempt.limitMs);
            if (server.faults[0]?.kind === 'wrong-address') throw wrongAddress(attempt, opened);
            rejectFaults(attempt, opened, { 'wrong-type': { next: sayType }, 'not-json-rpc': { next: sayVersion } });
            if (!arrived())
                throw attempt.failure({ received: nothingFor(attempt.limitMs, await showPage(opened)) }, 'timeout');
        }
    }
};

const sayType = {
    en: "Tell fetch what you send: headers: { 'Content-Type': 'application/json' }.",
    fr: "Dites à fetch ce que vous envoyez : headers: { 'Content-Type': 'application/json' }."
};

const sayVersion = {
    en: "Begin each message with jsonrpc: '2.0'.",
    fr: "Commencez chaque message par jsonrpc: '2.0'."
};

function wrongAddress(attempt: PageAttempt, { server }: OpenPage): CheckFailure {
    const { endpoint = '' } = server.sessions[0] ?? {};
    const { pathname, search } = new URL(endpoint, server.url);
    const stream = new URL(server.url).pathname;
    return attempt.failure({
        received: server.faults[0]?.request ?? '',
        expected: {
            en: `POST ${pathname}${search}\nthe stream at ${stream} sent "${endpoint}"`,
            fr: `POST ${pathname}${search}\nle flux à ${stream} a envoyé « ${endpoint} »`
        }
    });
}

const initializes: Check<PageAttempt> = {
    id: 'page-initializes',
    title: {
        en: 'The page initializes the session before it asks for anything',
        fr: 'La page initialise la session avant de demander quoi que ce soit'
    },
    sends: { en: 'the event `endpoint`', fr: "l'événement `endpoint`" },
    expects: {
        en: 'initialize, and after its reply notifications/initialized, which has no id',
        fr: "initialize, puis après sa réponse notifications/initialized, qui n'a pas d'id"
    },
    clause: clauses.lifecycle,
    next: {
        en: "Await the reply of request('initialize', …), then post({ method: 'notifications/initialized' }).",
        fr: "Attendez la réponse de request('initialize', …), puis post({ method: 'notifications/initialized' })."
    },
    async run(attempt) {
        const opened = await openReady(attempt);
        rejectFaults(attempt, opened, { 'not-initialized': {} });
        const messages = opened.server.sessions[0]?.messages ?? [];
        const { protocolVersion, capabilities, clientInfo } =
            messages.find(({ method }) => method === 'initialize')?.params ?? {};
        const isComplete = typeof protocolVersion === 'string' && capabilities && clientInfo?.name;
        const notification = messages.find(({ method }) => method === 'notifications/initialized');
        if (!isComplete || notification?.id !== undefined) {
            throw attempt.failure({ received: opened.server.seen.slice(1, 3).join('\n') });
        }
    }
};

const lists: Check<PageAttempt> = {
    id: 'page-lists-tools',
    title: { en: 'The page shows the names of the tools', fr: 'La page montre les noms des outils' },
    sends: { en: 'two tools with random names', fr: 'deux outils aux noms tirés au hasard' },
    expects: {
        en: 'tools/list, and one <li> in #tools for each tool',
        fr: 'tools/list, et un <li> dans #tools par outil'
    },
    clause: clauses.tools,
    next: {
        en: "When the session is initialized, await request('tools/list'), and append an <li> for each name.",
        fr: "Une fois la session initialisée, attendez request('tools/list'), et ajoutez un <li> par nom."
    },
    async run(attempt) {
        const names = [attempt.random.word(), attempt.random.word()];
        const tools = names.map(name => ({ name, inputSchema: { type: 'object' } }));
        const opened = await openReady(attempt, { tools });
        try {
            for (const [index, name] of names.entries()) {
                await opened.page.locator('#tools li').nth(index).filter({ hasText: name }).waitFor();
            }
        } catch {
            const expected = { en: `in #tools: ${names.join(', ')}`, fr: `dans #tools : ${names.join(', ')}` };
            throw attempt.failure({ received: await showPage(opened, '#tools'), expected });
        }
    }
};

/** A client in the browser: it finds the endpoint, initializes, calls, and gives each call its own reply. */
export const page = [opens, posts, initializes, lists, ...calls, ...drops];
