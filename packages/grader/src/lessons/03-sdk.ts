import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';
import { clauses } from '../clauses.ts';
import { diagnoses } from '../diagnoses.ts';
import type { Unchecked } from '../wire/message.ts';
import { showStream } from '../wire/show.ts';
import { callAdd, expectAdd } from './shared/add.ts';
import { withSdkAdvice } from './shared/sdk-advice.ts';
import { addWithSdkClient } from './shared/sdk-client.ts';
import { openAlone } from './shared/when-free.ts';

const connects: Check<Attempt> = {
    id: 'sdk-stream',
    title: {
        en: 'GET /sse connects the server to the client',
        fr: 'GET /sse connecte le serveur au client'
    },
    sends: { en: 'GET /sse', fr: 'GET /sse' },
    expects: {
        en: 'an event stream that begins with `endpoint`',
        fr: "un flux d'événements qui commence par `endpoint`"
    },
    clause: clauses.httpWithSse,
    next: {
        en: "In GET /sse: new SSEServerTransport('/messages', res), then await server.connect(transport). It sends the headers and the event.",
        fr: "Dans GET /sse : new SSEServerTransport('/messages', res), puis await server.connect(transport). Il envoie les en-têtes et l'événement."
    },
    async run(attempt) {
        await openAlone(attempt);
    }
};

const replies: Check<Attempt> = {
    id: 'sdk-reply',
    title: {
        en: 'POST /messages reaches the server, and the reply comes on the stream',
        fr: 'POST /messages atteint le serveur, et la réponse arrive par le flux'
    },
    sends: { en: 'POST initialize to the endpoint', fr: "POST initialize à l'adresse reçue" },
    expects: {
        en: 'HTTP 202, and on the stream a result with protocolVersion and serverInfo',
        fr: 'HTTP 202, et sur le flux un résultat avec protocolVersion et serverInfo'
    },
    clause: clauses.lifecycle,
    next: {
        en: 'In POST /messages, call transport.handlePostMessage(req, res) and nothing else: it answers 202 and passes the message to the server that `connect` has given it.',
        fr: 'Dans POST /messages, appelez transport.handlePostMessage(req, res) et rien de plus : il répond 202 et passe le message au serveur que `connect` lui a donné.'
    },
    async run(attempt) {
        const session = await openAlone(attempt);
        const result = await session.initialize();
        const { protocolVersion, serverInfo } = result ?? {};
        const isNamed = typeof serverInfo?.name === 'string' && typeof serverInfo?.version === 'string';
        if (typeof protocolVersion !== 'string' || !isNamed)
            throw attempt.failure({ received: JSON.stringify(result) ?? 'undefined' });
    }
};

const lists: Check<Attempt> = {
    id: 'sdk-tools',
    title: { en: '`tools/list` shows `add` with two numbers', fr: '`tools/list` montre `add` avec deux nombres' },
    sends: { en: 'POST tools/list', fr: 'POST tools/list' },
    expects: {
        en: 'a tool `add` whose inputSchema has the properties a and b, both of type "number", both required',
        fr: 'un outil `add` dont inputSchema a les propriétés a et b, toutes deux de type "number", toutes deux requises'
    },
    clause: clauses.tools,
    next: {
        en: "server.registerTool('add', { description, inputSchema: { a: z.number(), b: z.number() } }, …), before the server is connected.",
        fr: "server.registerTool('add', { description, inputSchema: { a: z.number(), b: z.number() } }, …), avant de connecter le serveur."
    },
    async run(attempt) {
        const session = await openAlone(attempt);
        await session.initialize();
        const result = await session.result('tools/list', {});
        expectAdd(attempt, result);
        const { properties, required } = result.tools.find((tool: Unchecked) => tool?.name === 'add').inputSchema;
        const isNumber = (schema: object) => /"(?:number|integer)"/.test(JSON.stringify(schema));
        const areRequired = Array.isArray(required) && required.includes('a') && required.includes('b');
        if (!isNumber(properties.a) || !isNumber(properties.b) || !areRequired)
            throw attempt.failure({ received: JSON.stringify(result) });
    }
};

const adds: Check<Attempt> = {
    id: 'sdk-add',
    title: { en: '`tools/call` adds two numbers', fr: '`tools/call` additionne deux nombres' },
    sends: {
        en: 'POST tools/call of add with two random numbers, twice',
        fr: 'POST tools/call de add avec deux nombres au hasard, deux fois'
    },
    expects: { en: 'a content of type "text" with the sum', fr: 'un contenu de type "text" avec la somme' },
    clause: clauses.tools,
    next: {
        en: "Return { content: [{ type: 'text', text: String(a + b) }] } from the function of the tool.",
        fr: "Renvoyez { content: [{ type: 'text', text: String(a + b) }] } dans la fonction de l'outil."
    },
    async run(attempt) {
        const session = await openAlone(attempt);
        await session.initialize();
        await callAdd(attempt, session);
        await callAdd(attempt, session);
    }
};

const hidden: Check<Attempt> = {
    id: 'sdk-hides',
    title: {
        en: 'The stream carries one reply to each request, with its id as it was, and nothing else',
        fr: 'Le flux porte une réponse par requête, avec son id tel quel, et rien de plus'
    },
    sends: {
        en: 'POST ping with a text as its id, then with a number',
        fr: 'POST ping avec un texte comme id, puis avec un nombre'
    },
    expects: {
        en: 'one event `message` for each request, none for a notification; the client of the SDK hides the difference',
        fr: 'un événement `message` par requête, aucun pour une notification ; le client du SDK cache la différence'
    },
    clause: clauses.jsonRpc,
    next: {
        en: 'Let the SDK write the replies: write nothing to the stream yourself.',
        fr: "Laissez le SDK écrire les réponses : n'écrivez rien vous-même sur le flux."
    },
    async run(attempt) {
        const session = await openAlone(attempt);
        await session.initialize();
        await session.request('ping', undefined, attempt.random.word());
        await session.request('ping');
        // `initialize` and two pings have been answered; what came for the notification would have come before.
        const replies = session.stream.events.filter(({ data }) => /"(?:result|error)":/.test(data));
        if (replies.length !== 3) throw attempt.failure({ received: showStream(session.stream) });
    }
};

const client: Check<Attempt> = {
    id: 'sdk-client',
    title: {
        en: "The SDK's own client connects, lists the tools and adds",
        fr: 'Le client du SDK se connecte, liste les outils et additionne'
    },
    sends: {
        en: 'Client of @modelcontextprotocol/sdk with SSEClientTransport: connect, listTools, callTool',
        fr: 'Client de @modelcontextprotocol/sdk avec SSEClientTransport : connect, listTools, callTool'
    },
    expects: { en: 'the sum of two random numbers', fr: 'la somme de deux nombres au hasard' },
    clause: clauses.tools,
    next: diagnoses.noReply.next,
    async run(attempt) {
        await addWithSdkClient(attempt);
    }
};

/** The same with the SDK: a real client adds two numbers, and the wire carries what that client does not show. */
export const sdk = [connects, replies, lists, adds, hidden, client].map(withSdkAdvice);
