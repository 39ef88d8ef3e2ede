import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';
import { clauses } from '../clauses.ts';
import { diagnoses } from '../diagnoses.ts';
import { INTRODUCTION, openReady, openSession } from '../mcp-session.ts';
import { isReply, parse } from '../wire/message.ts';
import { callAdd, expectAdd } from './shared/add.ts';

const endpoint: Check<Attempt> = {
    id: 'endpoint-first',
    title: {
        en: 'The stream begins with the event `endpoint`',
        fr: "Le flux commence par l'événement `endpoint`"
    },
    sends: { en: 'GET /sse, twice', fr: 'GET /sse, deux fois' },
    expects: {
        en: 'for each stream an address of its own, such as /messages?sessionId=…',
        fr: 'pour chaque flux sa propre adresse, telle que /messages?sessionId=…'
    },
    clause: clauses.httpWithSse,
    next: {
        en: 'Make a session id with randomUUID() for each GET, and put it into the address.',
        fr: "Créez un identifiant de session avec randomUUID() à chaque GET, et mettez-le dans l'adresse."
    },
    async run(attempt) {
        const first = await openSession(attempt);
        const second = await openSession(attempt);
        if (first.endpoint.href === second.endpoint.href) throw attempt.failure({ received: second.stream.text });
    }
};

const accepted: Check<Attempt> = {
    id: 'reply-on-stream',
    title: { en: 'The reply comes on the stream', fr: 'La réponse arrive par le flux' },
    sends: { en: 'POST ping to the endpoint', fr: "POST ping à l'adresse reçue" },
    expects: diagnoses.noReply.expected,
    clause: clauses.httpWithSse,
    next: diagnoses.noReply.next,
    async run(attempt) {
        // A client may send ping before it has initialized the session.
        const session = await openSession(attempt);
        const other = await openSession(attempt);
        const reply = await session.request('ping', undefined, attempt.random.word());
        if (!isEmptyObject(reply.result)) throw attempt.failure({ received: JSON.stringify(reply), ...emptyResult });
        await other.request('ping');
    }
};

const emptyResult = {
    expected: { en: '"result":{}', fr: '"result":{}' },
    clause: {
        title: 'MCP 2024-11-05, Ping',
        url: 'https://modelcontextprotocol.io/specification/2024-11-05/basic/utilities/ping'
    },
    next: {
        en: 'Answer ping with an empty object as its result.',
        fr: 'Répondez à ping par un objet vide comme résultat.'
    }
};

const isEmptyObject = (value: unknown) =>
    typeof value === 'object' && value !== null && Object.keys(value).length === 0;

const initialize: Check<Attempt> = {
    id: 'initialize',
    title: { en: '`initialize` says what the server is', fr: '`initialize` dit ce que le serveur est' },
    sends: {
        en: 'POST initialize, then notifications/initialized',
        fr: 'POST initialize, puis notifications/initialized'
    },
    expects: {
        en: 'a result with protocolVersion "2024-11-05", capabilities with tools, and serverInfo with name and version; no reply to the notification',
        fr: 'un résultat avec protocolVersion "2024-11-05", capabilities avec tools, et serverInfo avec name et version ; aucune réponse à la notification'
    },
    clause: clauses.lifecycle,
    next: {
        en: 'Answer with all three members, and answer nothing to a message without id.',
        fr: 'Répondez avec ces trois membres, et ne répondez rien à un message sans id.'
    },
    async run(attempt) {
        const session = await openSession(attempt);
        const result = await session.result('initialize', INTRODUCTION);
        const { protocolVersion, capabilities, serverInfo } = result ?? {};
        const named = typeof serverInfo?.name === 'string' && typeof serverInfo?.version === 'string';
        const received = JSON.stringify(result) ?? 'undefined';
        if (protocolVersion !== '2024-11-05' || !capabilities?.tools || !named) throw attempt.failure({ received });
        await session.notify('notifications/initialized');
        // The reply to the ping shows that no reply to the notification came before it.
        await session.request('ping');
        // The server may send notifications of its own at any time.
        const replies = session.stream.events.filter(({ data }) => isReply(parse(data) ?? {}));
        if (replies.length !== 2) throw attempt.failure({ received: session.stream.text });
    }
};

const list: Check<Attempt> = {
    id: 'tools-listed',
    title: { en: '`tools/list` describes `add`', fr: '`tools/list` décrit `add`' },
    sends: { en: 'POST tools/list', fr: 'POST tools/list' },
    expects: {
        en: 'a tool `add` whose inputSchema is a JSON Schema of type "object" with the properties a and b',
        fr: 'un outil `add` dont inputSchema est un JSON Schema de type "object" avec les propriétés a et b'
    },
    clause: clauses.tools,
    next: {
        en: 'Return {"tools":[{"name":"add","inputSchema":{"type":"object","properties":{…}}}]} as the result.',
        fr: 'Renvoyez {"tools":[{"name":"add","inputSchema":{"type":"object","properties":{…}}}]} comme résultat.'
    },
    async run(attempt) {
        const session = await openReady(attempt);
        expectAdd(attempt, await session.result('tools/list', {}));
    }
};

const call: Check<Attempt> = {
    id: 'add-adds',
    title: { en: '`tools/call` adds two numbers', fr: '`tools/call` additionne deux nombres' },
    sends: {
        en: 'POST tools/call of add with two random numbers, twice',
        fr: 'POST tools/call de add avec deux nombres au hasard, deux fois'
    },
    expects: { en: 'a content of type "text" with the sum', fr: 'un contenu de type "text" avec la somme' },
    clause: clauses.tools,
    next: {
        en: 'Read params.arguments of the request, and return {"content":[{"type":"text","text":"…"}]}.',
        fr: 'Lisez params.arguments de la requête, et renvoyez {"content":[{"type":"text","text":"…"}]}.'
    },
    async run(attempt) {
        const session = await openReady(attempt);
        await callAdd(attempt, session);
        await callAdd(attempt, session);
    }
};

const unknown: Check<Attempt> = {
    id: 'unknown-method',
    title: { en: 'An unknown method is answered with -32601', fr: 'Une méthode inconnue reçoit -32601' },
    sends: {
        en: 'POST a request with a method that nothing knows',
        fr: 'POST une requête avec une méthode que rien ne connaît'
    },
    expects: { en: '"error" with code -32601 and a message', fr: '"error" avec le code -32601 et un message' },
    clause: clauses.jsonRpcErrors,
    next: {
        en: 'Send {"jsonrpc":"2.0","id":…,"error":{"code":-32601,"message":"Method not found"}} for every other method.',
        fr: 'Envoyez {"jsonrpc":"2.0","id":…,"error":{"code":-32601,"message":"Method not found"}} pour toute autre méthode.'
    },
    async run(attempt) {
        const session = await openReady(attempt);
        const reply = await session.request(`calculator/${attempt.random.word()}`);
        const { code, message } = reply.error ?? {};
        if (code !== -32601 || typeof message !== 'string') throw attempt.failure({ received: JSON.stringify(reply) });
    }
};

/** The protocol by hand: well-formed replies on the right stream, and -32601 for the unknown. */
export const protocol = [endpoint, accepted, initialize, list, call, unknown];
