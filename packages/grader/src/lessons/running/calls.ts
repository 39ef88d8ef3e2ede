import type { Attempt } from '../../attempt.ts';
import { clauses } from '../../clauses.ts';
import type { Diagnosis } from '../../diagnoses.ts';
import { expectStream, type McpSession, openSession } from '../../mcp-session.ts';
import type { EventStream, StreamEvent } from '../../wire/event-stream.ts';
import { showAnswer, showStream } from '../../wire/show.ts';

/** Opens a session and initializes it. */
export async function openReady(attempt: Attempt, headers: Record<string, string> = {}): Promise<McpSession> {
    const session = await openSession(attempt, headers);
    await session.initialize();
    return session;
}

/** A call of the tool `echo`, whose reply comes after `ms` milliseconds. */
export function echoCall(id: number, message: string, ms = 0) {
    return { id, method: 'tools/call', params: { name: 'echo', arguments: { message, ms } } };
}

/** Calls the tool `echo`, and waits for the reply. */
export async function callEcho(attempt: Attempt, session: McpSession, ms = 0): Promise<void> {
    const message = attempt.random.word();
    const result = await session.result('tools/call', echoCall(0, message, ms).params);
    const text = result?.content?.[0]?.text;
    if (text !== message) {
        const expected = { en: `"text":"${message}", of the tool echo`, fr: `"text":"${message}", de l'outil echo` };
        throw attempt.failure({ received: JSON.stringify(result) ?? 'undefined', expected });
    }
}

/** The replies on a stream so far, in order. */
export const repliesOn = (stream: EventStream): StreamEvent[] =>
    stream.events.filter(({ event, data }) => event === 'message' && replyId(data) !== undefined);

/** The id of the request that a message replies to; undefined if it is not a reply. */
export function replyId(data: string): string | number | undefined {
    try {
        const { id, method } = JSON.parse(data);
        return method === undefined ? id : undefined;
    } catch {
        return undefined;
    }
}

/** The last event id that the client has seen. */
export function lastEventId(attempt: Attempt, { stream }: McpSession): string {
    const id = stream.events.findLast(event => event.id !== undefined)?.id;
    if (id === undefined) throw attempt.failure({ received: showStream(stream), ...noIds });
    return id;
}

export const noIds: Diagnosis = {
    expected: {
        en: 'a line "id: …" in each event `message`',
        fr: 'une ligne « id: … » dans chaque événement `message`'
    },
    clause: clauses.lastEventId,
    next: {
        en: 'Number the events of each session, and write "id: <session id>:<number>" before the data.',
        fr: 'Numérotez les événements de chaque session, et écrivez « id: <id de session>:<numéro> » avant la donnée.'
    }
};

/**
 * Comes back to a session with a Last-Event-ID, and fails unless exactly these replies are sent, once and in order.
 *
 * @param after the id of the last event that the client has seen.
 * @param missed the ids of the requests whose replies the client has missed.
 */
export async function comeBack(
    attempt: Attempt,
    session: McpSession,
    after: string,
    missed: readonly number[]
): Promise<EventStream> {
    const stream = await attempt.openStream({ 'Last-Event-ID': after });
    const sent = attempt.lastSent;
    await expectStream(attempt, stream, clauses.lastEventId);
    const came = () => repliesOn(stream).map(({ data }) => replyId(data));
    const isElsewhere = () =>
        stream.events.some(
            ({ event, data }) => event === 'endpoint' && new URL(data, attempt.url).href !== session.endpoint.href
        );
    await stream.until(() => isElsewhere() || missed.every(id => came().includes(id)), attempt.limitMs);
    if (isElsewhere()) throw attempt.failure({ sent, received: showStream(stream), ...otherSession });
    const fail = () =>
        attempt.failure({ sent, ...compareReplies(stream, missed, came()), clause: clauses.lastEventId });
    if (!missed.every(id => came().includes(id))) throw fail();
    // The reply to one more request shows that nothing comes twice, or late.
    const id = session.freshId();
    const answer = await session.postText(JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' }));
    if (answer.status !== 202) throw attempt.failure({ received: showAnswer(answer), ...sessionForgotten });
    await stream.until(() => came().includes(id), attempt.limitMs);
    if (JSON.stringify(came()) !== JSON.stringify([...missed, id])) {
        throw attempt.failure({
            sent,
            ...compareReplies(stream, [...missed, id], came()),
            clause: clauses.lastEventId
        });
    }
    return stream;
}

/** The session is not known any more, though its client has only changed its connection. */
export const sessionForgotten: Diagnosis = {
    expected: {
        en: 'HTTP 202: the session waits for its client while the stream is down',
        fr: 'HTTP 202 : la session attend son client pendant que le flux est coupé'
    },
    clause: clauses.lastEventId,
    next: {
        en: "On the stream's event close, keep the session for a minute instead of deleting it.",
        fr: "À l'événement close du flux, gardez la session une minute au lieu de la supprimer."
    }
};

const otherSession: Diagnosis = {
    expected: {
        en: 'the same session: its address in `endpoint`, or no `endpoint` at all',
        fr: 'la même session : son adresse dans `endpoint`, ou aucun `endpoint`'
    },
    clause: clauses.lastEventId,
    next: {
        en: 'In GET /sse, read the header Last-Event-ID, and give the stream to the session that the id names.',
        fr: "Dans GET /sse, lisez l'en-tête Last-Event-ID, et donnez le flux à la session que nomme l'identifiant."
    }
};

function compareReplies(stream: EventStream, wanted: readonly number[], came: readonly unknown[]) {
    const list = (ids: readonly unknown[]) => (ids.length > 0 ? ids.join(', ') : '—');
    const end = stream.ended;
    return {
        received: {
            en: `replies to the requests ${list(came)}${end ? ', then the end of the stream' : ''}`,
            fr: `les réponses aux requêtes ${list(came)}${end ? ', puis la fin du flux' : ''}`
        },
        expected: {
            en: `replies to the requests ${list(wanted)}, each once, in this order`,
            fr: `les réponses aux requêtes ${list(wanted)}, chacune une fois, dans cet ordre`
        },
        next: findMistake(wanted, came)
    };
}

function findMistake(wanted: readonly number[], came: readonly unknown[]) {
    if (new Set(came).size < came.length) {
        return {
            en: 'A reply came twice: send only events whose number is greater than the one in Last-Event-ID.',
            fr: "Une réponse est venue deux fois : n'envoyez que les événements dont le numéro dépasse celui de Last-Event-ID."
        };
    }
    if (wanted.some(id => !came.includes(id))) {
        return {
            en: 'Keep each event that you write, also those that a stream seems to have taken, and send them again after Last-Event-ID.',
            fr: "Gardez chaque événement écrit, même ceux qu'un flux semble avoir pris, et renvoyez ceux d'après Last-Event-ID."
        };
    }
    return {
        en: 'Send what was missed in the order of its numbers, before anything new, and nothing of another session.',
        fr: "Envoyez ce qui a manqué dans l'ordre des numéros, avant tout le reste, et rien d'une autre session."
    };
}
