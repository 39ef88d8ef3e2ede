import type { Attempt } from '../../attempt.ts';
import { clauses } from '../../clauses.ts';
import type { Diagnosis } from '../../diagnoses.ts';
import { expectStream, type McpSession, openReady } from '../../mcp-session.ts';
import type { Text, Words } from '../../text.ts';
import type { EventStream, StreamEvent } from '../../wire/event-stream.ts';
import { showAnswer, showStream } from '../../wire/show.ts';

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

/** What came on a stream, without heartbeats: they come between any two events. */
export const showEvents = ({ status, headers, text }: EventStream): Words =>
    showStream({ status, headers, text: text.replaceAll(/^:.*\n\n?/gm, '') });

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
    if (isElsewhere()) {
        // Has the server forgotten the session, not looked for it, or not kept its events?
        const { status } = await session.postText(JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'ping' }));
        const { next } = status !== 202 ? sessionForgotten : (await resumes(attempt)) ? eventsForgotten : otherSession;
        throw attempt.failure({ sent, received: showEvents(stream), ...otherSession, next });
    }
    const seen = repliesOn(session.stream).map(({ data }) => replyId(data));
    const fail = (wanted: readonly number[]) => {
        const details = compareReplies(stream, wanted, came(), seen);
        return attempt.failure({ sent, ...details, clause: clauses.lastEventId });
    };
    if (!missed.every(id => came().includes(id))) throw fail(missed);
    // The reply to one more request shows that nothing comes twice, or late.
    const id = session.freshId();
    const answer = await session.postText(JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' }));
    if (answer.status !== 202) throw attempt.failure({ received: showAnswer(answer), ...sessionForgotten });
    await stream.until(() => came().includes(id), attempt.limitMs);
    if (JSON.stringify(came()) !== JSON.stringify([...missed, id])) throw fail([...missed, id]);
    return stream;
}

/** Whether the server gives a session back to a client that has missed nothing. */
async function resumes(attempt: Attempt): Promise<boolean> {
    const session = await openReady(attempt);
    session.close();
    const stream = await attempt.openStream({ 'Last-Event-ID': lastEventId(attempt, session) });
    await stream.until(() => stream.events.length > 0, attempt.limitMs);
    stream.close();
    return stream.events.some(({ data }) => data.includes(session.endpoint.search));
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

/** The server finds the session, and gives it back only to a client that has missed nothing. */
const eventsForgotten = {
    next: {
        en: 'The server knows this session, but not the events after this id. In send(), keep each event, also one that you write to a stream.',
        fr: "Le serveur connaît cette session, mais pas les événements d'après cet identifiant. Dans send(), gardez chaque événement, même celui que vous écrivez sur un flux."
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

/** @param seen the ids of the requests whose replies the client already has. */
function compareReplies(
    { ended }: EventStream,
    wanted: readonly number[],
    came: readonly unknown[],
    seen: readonly unknown[]
) {
    const end = ended ? { en: ', then the end of the stream', fr: ', puis la fin du flux' } : { en: '', fr: '' };
    const received =
        came.length > 0
            ? { en: `replies to the requests ${came.join(', ')}`, fr: `les réponses aux requêtes ${came.join(', ')}` }
            : { en: 'a stream without any reply', fr: 'un flux sans aucune réponse' };
    return {
        received: { en: received.en + end.en, fr: received.fr + end.fr },
        expected: {
            en: `replies to the requests ${wanted.join(', ')}, each once, in this order`,
            fr: `les réponses aux requêtes ${wanted.join(', ')}, chacune une fois, dans cet ordre`
        },
        next: findMistake(wanted, came, seen)
    };
}

function findMistake(wanted: readonly number[], came: readonly unknown[], seen: readonly unknown[]): Text {
    if (new Set(came).size < came.length || came.some(id => seen.includes(id) && !wanted.includes(Number(id)))) {
        return {
            en: 'The client has one of these replies twice now: send only events whose number is greater than the one in Last-Event-ID.',
            fr: "Le client a maintenant une de ces réponses deux fois : n'envoyez que les événements dont le numéro dépasse celui de Last-Event-ID."
        };
    }
    if (came.some(id => !wanted.includes(Number(id)))) {
        return {
            en: 'One of these replies belongs to another session: keep the events of each session apart.',
            fr: 'Une de ces réponses appartient à une autre session : gardez les événements de chaque session à part.'
        };
    }
    if (wanted.some(id => !came.includes(id))) {
        return {
            en: 'Keep each event that you write, also one that a stream seems to have taken, and send it again after Last-Event-ID.',
            fr: "Gardez chaque événement écrit, même celui qu'un flux semble avoir pris, et renvoyez-le d'après Last-Event-ID."
        };
    }
    return {
        en: 'Send what was missed in the order of its numbers, before anything new.',
        fr: "Envoyez ce qui a manqué dans l'ordre des numéros, avant tout le reste."
    };
}
