import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';
import { clauses } from '../clauses.ts';
import { type McpSession, openReady } from '../mcp-session.ts';
import { parse } from '../wire/message.ts';
import { showAnswer } from '../wire/show.ts';
import { askUntil } from './shared/ask-until.ts';
import { callAtOnce } from './shared/calls-at-once.ts';
import { withSdkAdvice } from './shared/sdk-advice.ts';
import { openTwo, pingAmong } from './shared/two-clients.ts';

const connects: Check<Attempt> = {
    id: 'second-connects',
    title: {
        en: 'A second client connects while the first is connected',
        fr: 'Un second client se connecte pendant que le premier est connecté'
    },
    sends: { en: 'GET /sse and initialize, twice', fr: 'GET /sse et initialize, deux fois' },
    expects: {
        en: 'two sessions, each with its own stream and its own endpoint',
        fr: 'deux sessions, chacune avec son flux et son endpoint'
    },
    clause: clauses.httpWithSse,
    next: {
        en: 'Make a new server object and a new transport in GET /sse, and keep both in a Map by session id.',
        fr: 'Créez un nouvel objet serveur et un nouveau transport dans GET /sse, et gardez les deux dans une Map par identifiant de session.'
    },
    async run(attempt) {
        const [first, second] = await openTwo(attempt);
        const { href } = first.session.endpoint;
        if (second.session.endpoint.href === href) throw attempt.failure({ received: `data: ${href}` });
    }
};

const keeps: Check<Attempt> = {
    id: 'second-keeps-first',
    title: {
        en: 'The first client is served as before when the second has connected',
        fr: 'Le premier client est servi comme avant quand le second est connecté'
    },
    sends: { en: 'POST ping to the endpoint of the first client', fr: "POST ping à l'endpoint du premier client" },
    expects: {
        en: 'the reply on the stream of the first client',
        fr: 'la réponse sur le flux du premier client'
    },
    clause: clauses.httpWithSse,
    next: {
        en: 'One variable holds one client. Find the transport of each POST in a Map, by the session id in its address.',
        fr: "Une variable ne contient qu'un client. Trouvez le transport de chaque POST dans une Map, par l'identifiant de session de son adresse."
    },
    async run(attempt) {
        const [first, second] = await openTwo(attempt);
        await pingAmong(attempt, first, second);
        await pingAmong(attempt, second, first);
    }
};

const apart: Check<Attempt> = {
    id: 'replies-apart',
    title: {
        en: 'Two clients call at once with the same id, and each gets its own reply',
        fr: 'Deux clients appellent en même temps avec le même id, et chacun reçoit sa propre réponse'
    },
    sends: {
        en: 'POST tools/call of add on two sessions at once, with the same id and different random numbers',
        fr: 'POST tools/call de add sur deux sessions en même temps, avec le même id et des nombres au hasard différents'
    },
    expects: {
        en: 'on each stream one reply, with the sum of its own numbers, and nothing of the other client',
        fr: "sur chaque flux une réponse, avec la somme de ses propres nombres, et rien de l'autre client"
    },
    clause: clauses.httpWithSse,
    next: {
        en: 'Ids count for one session only. Keep nothing between calls that two sessions share.',
        fr: 'Les ids ne valent que dans une session. Ne gardez entre les appels rien que deux sessions partagent.'
    },
    async run(attempt) {
        await callAtOnce(attempt, await openTwo(attempt));
    }
};

const UNKNOWN = { en: 'HTTP 404', fr: 'HTTP 404' };

const unknown: Check<Attempt> = {
    id: 'session-unknown',
    title: {
        en: 'A POST to an unknown session is answered with 404',
        fr: 'Un POST vers une session inconnue reçoit 404'
    },
    sends: {
        en: 'POST ping with a session id that the server never gave',
        fr: "POST ping avec un identifiant de session que le serveur n'a jamais donné"
    },
    expects: UNKNOWN,
    clause: clauses.notFound,
    next: {
        en: "If the Map has no session with this id: res.status(404).send('Session not found').",
        fr: "Si la Map n'a pas de session avec cet identifiant : res.status(404).send('Session not found')."
    },
    async run(attempt) {
        const session = await openReady(attempt);
        const answer = await ping(attempt, changeId(session.endpoint));
        if (!isGone(answer.status)) throw attempt.failure({ received: showAnswer(answer) });
    }
};

const ended: Check<Attempt> = {
    id: 'session-ended',
    title: {
        en: 'When a stream has closed, the server forgets its session',
        fr: 'Quand un flux est fermé, le serveur oublie sa session'
    },
    sends: {
        en: 'closes the stream, then POST ping to its endpoint',
        fr: 'ferme le flux, puis POST ping à son endpoint'
    },
    expects: UNKNOWN,
    clause: clauses.notFound,
    next: {
        en: "In GET /sse: res.on('close', () => sessions.delete(transport.sessionId)).",
        fr: "Dans GET /sse : res.on('close', () => sessions.delete(transport.sessionId))."
    },
    async run(attempt) {
        const session = await openReady(attempt);
        await closeAndWait(attempt, session);
    }
};

const leaves: Check<Attempt> = {
    id: 'second-leaves',
    title: {
        en: 'The first client is served as before when the second has gone',
        fr: 'Le premier client est servi comme avant quand le second est parti'
    },
    sends: {
        en: 'closes the stream of the second client, then POST ping on the first',
        fr: 'ferme le flux du second client, puis POST ping sur le premier'
    },
    expects: { en: 'the reply on the stream of the first client', fr: 'la réponse sur le flux du premier client' },
    clause: clauses.httpWithSse,
    next: {
        en: 'When a stream closes, remove the session of this stream and no other.',
        fr: 'Quand un flux se ferme, retirez la session de ce flux et aucune autre.'
    },
    async run(attempt) {
        const [first, second] = await openTwo(attempt);
        await closeAndWait(attempt, second.session);
        await pingAmong(attempt, first, second);
    }
};

/**
 * Closes the stream of a session, and fails unless the server forgets the session within the limit, or gives it back to
 * a client that resumes it.
 */
async function closeAndWait(attempt: Attempt, session: McpSession): Promise<void> {
    session.close();
    const id = attempt.random.word();
    const ask = () => ping(attempt, session.endpoint, id);
    const { status } = await ask();
    if (status === 202 && (await canResume(attempt, session, id))) return;
    const answer = await askUntil(attempt, ask, ({ status }) => isRefused(status));
    if (!isRefused(answer.status)) throw attempt.failure({ received: showAnswer(answer) });
}

/** Whether a client that comes back with its last event id gets the reply to the request `id`. */
async function canResume(attempt: Attempt, { stream }: McpSession, id: string): Promise<boolean> {
    const lastId = stream.events.findLast(event => event.id)?.id;
    if (!lastId) return false;
    const resumed = await attempt.openStream({ 'Last-Event-ID': lastId });
    const hasCome = await resumed.until(() => resumed.events.some(({ data }) => parse(data)?.id === id), RESUME_MS);
    resumed.close();
    return hasCome;
}

const ping = (attempt: Attempt, url: URL, id = attempt.random.word()) =>
    attempt.send(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' })
    });

const isGone = (status: number) => status === 404 || status === 410;

/** A server that says 400 for unknown sessions has forgotten this one too; another check names its status. */
const isRefused = (status: number) => isGone(status) || status === 400;

/** How long a server may take to send what a client has missed, in milliseconds. */
const RESUME_MS = 1000;

/** An endpoint that differs in the last character of each value, so that its form remains. */
function changeId(endpoint: URL): URL {
    const change = (text: string) => text.replace(/[0-9a-z](?=[^0-9a-z]*$)/i, char => (char === '1' ? '2' : '1'));
    const other = new URL(endpoint);
    for (const [name, value] of endpoint.searchParams) other.searchParams.set(name, change(value));
    if (endpoint.search === '') other.pathname = change(endpoint.pathname);
    return other;
}

/** The second client: one session for each, and nothing left of it when its stream has closed. */
export const secondClient = [...[connects, keeps, apart].map(withSdkAdvice), unknown, ended, leaves];
