import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';
import { clauses } from '../clauses.ts';
import { openReady } from '../mcp-session.ts';
import { showAnswer } from '../wire/show.ts';
import { callAdd, expectAdd, expectSum } from './shared/add.ts';
import { clientFallsBack, clientKeepsErrors, clientTriesNewest } from './shared/moving-on/fallback.ts';
import { openStreamable, postMcp, resultAlone, toolsOf } from './shared/moving-on/streamable.ts';

const sse: Check<Attempt> = {
    id: 'sse-still-served',
    title: {
        en: 'Old clients still find their tools at /sse',
        fr: 'Les anciens clients trouvent encore leurs outils à /sse'
    },
    sends: {
        en: 'GET /sse, then POST tools/list and tools/call of add',
        fr: 'GET /sse, puis POST tools/list et tools/call de add'
    },
    expects: { en: 'the tool `add`, and the sum', fr: "l'outil `add`, et la somme" },
    clause: clauses.httpWithSse,
    next: {
        en: "Keep the routes /sse and /messages. The SSEServerTransport of the SDK's first generation serves an McpServer of the second, too.",
        fr: 'Gardez les routes /sse et /messages. Le SSEServerTransport de la première génération du SDK sert aussi un McpServer de la seconde.'
    },
    async run(attempt) {
        const session = await openReady(attempt);
        expectAdd(attempt, await session.result('tools/list', {}));
        await callAdd(attempt, session);
    }
};

const sessions: Check<Attempt> = {
    id: 'mcp-opens-session',
    title: { en: 'POST /mcp with `initialize` opens a session', fr: 'POST /mcp avec `initialize` ouvre une session' },
    sends: {
        en: 'POST /mcp: initialize, then tools/call in the session; twice',
        fr: 'POST /mcp : initialize, puis tools/call dans la session ; deux fois'
    },
    expects: {
        en: 'HTTP 200 with the result in the response, and the header Mcp-Session-Id; then the sum',
        fr: "HTTP 200 avec le résultat dans la réponse, et l'en-tête Mcp-Session-Id ; puis la somme"
    },
    clause: clauses.streamableSessions,
    next: {
        en: 'Add the route /mcp. For `initialize`, create a NodeStreamableHTTPServerTransport and a server; then transport.handleRequest(req, res, req.body).',
        fr: 'Ajoutez la route /mcp. Pour `initialize`, créez un NodeStreamableHTTPServerTransport et un serveur ; puis transport.handleRequest(req, res, req.body).'
    },
    async run(attempt) {
        const first = await openStreamable(attempt);
        const second = await openStreamable(attempt, forSecond);
        for (const session of [first, second]) {
            const [a, b] = [attempt.random.integer(1, 9999), attempt.random.integer(1, 9999)];
            expectSum(attempt, await session.result('tools/call', { name: 'add', arguments: { a, b } }), a + b);
        }
    }
};

const forSecond = {
    expected: {
        en: 'a second session next to the first, with a server of its own',
        fr: 'une seconde session à côté de la première, avec son propre serveur'
    },
    next: {
        en: 'Call createServer() for each session: a server connects to one transport only.',
        fr: "Appelez createServer() pour chaque session : un serveur ne se connecte qu'à un transport."
    }
};

const unknown: Check<Attempt> = {
    id: 'unknown-session-404',
    title: { en: 'An unknown session is answered with 404', fr: 'Une session inconnue reçoit 404' },
    sends: {
        en: 'POST /mcp: tools/list with a Mcp-Session-Id that the server never gave',
        fr: "POST /mcp : tools/list avec un Mcp-Session-Id que le serveur n'a jamais donné"
    },
    expects: {
        en: 'HTTP 404: the client then initializes again, for example after a restart of the server',
        fr: 'HTTP 404 : le client initialise alors de nouveau, par exemple après un redémarrage du serveur'
    },
    clause: clauses.streamableSessions,
    next: {
        en: 'Answer 404 if the Map has no transport for the Mcp-Session-Id. Other statuses do not make clients initialize again.',
        fr: "Répondez 404 si la Map n'a pas de transport pour ce Mcp-Session-Id. Les autres statuts ne font pas réinitialiser les clients."
    },
    async run(attempt) {
        const headers = { 'Mcp-Session-Id': attempt.random.word(), 'MCP-Protocol-Version': '2025-06-18' };
        const answer = await postMcp(attempt, { id: 2, method: 'tools/list' }, headers);
        if (answer.status !== 404) throw attempt.failure({ received: showAnswer(answer) });
    }
};

const alone: Check<Attempt> = {
    id: 'mcp-without-session',
    title: {
        en: 'A request of 2026-07-28 is answered without any session',
        fr: 'Une requête de 2026-07-28 reçoit sa réponse sans aucune session'
    },
    sends: {
        en: 'POST /mcp: tools/call of add, with MCP-Protocol-Version: 2026-07-28, and nothing before it',
        fr: 'POST /mcp : tools/call de add, avec MCP-Protocol-Version: 2026-07-28, et rien avant'
    },
    expects: { en: 'HTTP 200 with the sum in the response', fr: 'HTTP 200 avec la somme dans la réponse' },
    clause: clauses.stateless,
    next: {
        en: "If isLegacyRequest() says no, hand the request to toNodeHandler(createMcpHandler(createServer, { legacy: 'reject' })).",
        fr: "Si isLegacyRequest() dit non, passez la requête à toNodeHandler(createMcpHandler(createServer, { legacy: 'reject' }))."
    },
    async run(attempt) {
        const [a, b] = [attempt.random.integer(1, 9999), attempt.random.integer(1, 9999)];
        const call = { name: 'add', arguments: { a, b } };
        expectSum(attempt, await resultAlone(attempt, 'tools/call', call, 'add'), a + b);
    }
};

const same: Check<Attempt> = {
    id: 'same-tools',
    title: { en: 'Each transport offers the same tools', fr: 'Chaque transport propose les mêmes outils' },
    sends: {
        en: 'tools/list over HTTP+SSE, in a session of Streamable HTTP, and without a session',
        fr: 'tools/list par HTTP+SSE, dans une session de Streamable HTTP, et sans session'
    },
    expects: { en: 'three times the same names and schemas', fr: 'trois fois les mêmes noms et schémas' },
    clause: clauses.tools,
    next: {
        en: 'Create the server of every session, and of every request, with one and the same function.',
        fr: 'Créez le serveur de chaque session, et de chaque requête, par une seule et même fonction.'
    },
    async run(attempt) {
        const session = await openReady(attempt);
        const old = toolsOf(attempt, await session.result('tools/list', {}));
        const streamable = await openStreamable(attempt);
        compare(attempt, 'Streamable HTTP', old, toolsOf(attempt, await streamable.result('tools/list', {})));
        compare(attempt, '2026-07-28', old, toolsOf(attempt, await resultAlone(attempt, 'tools/list', {})));
    }
};

function compare(attempt: Attempt, transport: string, old: Map<string, string>, found: Map<string, string>): void {
    const names = (tools: Map<string, string>) => [...tools.keys()].join(', ') || '-';
    if (names(old) !== names(found)) {
        throw attempt.failure({ received: `HTTP+SSE: ${names(old)}\n${transport}: ${names(found)}` });
    }
    const [name] = [...old].find(([name, schema]) => found.get(name) !== schema) ?? [];
    if (name === undefined) return;
    throw attempt.failure({
        received: `${name}, HTTP+SSE: ${old.get(name)}\n${name}, ${transport}: ${found.get(name)}`
    });
}

const refused: Check<Attempt> = {
    id: 'post-sse-refused',
    title: { en: 'POST /sse is refused with 404 or 405', fr: 'POST /sse est refusé par 404 ou 405' },
    sends: { en: 'POST /sse: initialize', fr: 'POST /sse : initialize' },
    expects: {
        en: 'HTTP 404 or 405: new clients try POST first, and fall back to GET only then',
        fr: "HTTP 404 ou 405 : les nouveaux clients essaient d'abord POST, et ne reviennent à GET qu'alors"
    },
    clause: clauses.fallback,
    next: {
        en: 'Answer only GET on /sse: app.get, not app.all or app.use.',
        fr: "Ne répondez qu'à GET sur /sse : app.get, et non app.all ou app.use."
    },
    async run(attempt) {
        const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: {} });
        const headers = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
        const answer = await attempt.send(attempt.url, { method: 'POST', headers, body });
        if (answer.status !== 404 && answer.status !== 405) throw attempt.failure({ received: showAnswer(answer) });
    }
};

/** Moving on: one tools list on every transport, and a client that tries the newest first. */
export const movingOn = [
    sse,
    sessions,
    unknown,
    alone,
    same,
    refused,
    clientTriesNewest,
    clientFallsBack,
    clientKeepsErrors
];
