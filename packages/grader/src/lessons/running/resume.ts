import type { Attempt } from '../../attempt.ts';
import type { Check } from '../../check.ts';
import { clauses } from '../../clauses.ts';
import { openReady } from '../../mcp-session.ts';
import type { StreamEvent } from '../../wire/event-stream.ts';
import { showAnswer } from '../../wire/show.ts';
import {
    callEcho,
    comeBack,
    echoCall,
    lastEventId,
    noIds,
    repliesOn,
    replyId,
    sessionForgotten,
    showEvents
} from './calls.ts';

const ids: Check<Attempt> = {
    id: 'event-ids',
    title: { en: 'Each event has an id of its own', fr: 'Chaque événement a son propre identifiant' },
    sends: { en: 'POST two calls of echo', fr: 'POST deux appels de echo' },
    expects: noIds.expected,
    clause: clauses.lastEventId,
    next: noIds.next,
    async run(attempt) {
        const session = await openReady(attempt);
        await callEcho(attempt, session);
        await callEcho(attempt, session);
        const events = repliesOn(session.stream).map(({ id }) => id);
        const received = showEvents(session.stream);
        if (events.includes(undefined)) throw attempt.failure({ received });
        if (new Set(events).size < events.length) {
            const expected = { en: 'another id for each event', fr: 'un autre identifiant pour chaque événement' };
            throw attempt.failure({ received, expected });
        }
    }
};

const replays: Check<Attempt> = {
    id: 'resume-replays',
    title: { en: 'A client that comes back gets what it missed', fr: "Un client qui revient reçoit ce qu'il a manqué" },
    sends: {
        en: 'three calls of echo, then GET /sse with the id of the first reply as Last-Event-ID',
        fr: "trois appels de echo, puis GET /sse avec l'identifiant de la première réponse comme Last-Event-ID"
    },
    expects: {
        en: 'the other two replies, once and in order; nothing more when the client comes back once again',
        fr: "les deux autres réponses, une fois et dans l'ordre ; rien de plus quand le client revient encore"
    },
    clause: clauses.lastEventId,
    next: {
        en: 'Keep the events of a session, and write those after Last-Event-ID to the new stream.',
        fr: "Gardez les événements d'une session, et écrivez ceux d'après Last-Event-ID sur le nouveau flux."
    },
    async run(attempt) {
        const session = await openReady(attempt);
        for (const _ of [1, 2, 3]) await callEcho(attempt, session);
        let replies = repliesOn(session.stream);
        const [, first] = replies;
        const opening = session.stream.events[0]?.id;
        session.close();
        const idsOf = (events: StreamEvent[]) => events.map(({ data }) => Number(replyId(data)));
        if (opening !== undefined) {
            const stream = await comeBack(attempt, session, opening, idsOf(replies));
            replies = repliesOn(stream);
            stream.close();
        }
        const back = await comeBack(
            attempt,
            session,
            first?.id ?? lastEventId(attempt, session),
            idsOf(replies.slice(2))
        );
        const last = repliesOn(back).at(-1)?.id;
        if (last === undefined) throw attempt.failure({ received: showEvents(back), ...noIds });
        back.close();
        await comeBack(attempt, session, last, []);
    }
};

const midCall: Check<Attempt> = {
    id: 'resume-mid-call',
    title: {
        en: 'A reply survives a stream that drops in mid-call',
        fr: "Une réponse survit à la coupure du flux pendant l'appel"
    },
    sends: {
        en: 'a slow call; the stream drops; another call while it is down; then GET /sse with Last-Event-ID',
        fr: 'un appel lent ; le flux est coupé ; un autre appel entre-temps ; puis GET /sse avec Last-Event-ID'
    },
    expects: { en: 'both replies, once and in order', fr: "les deux réponses, une fois et dans l'ordre" },
    clause: clauses.lastEventId,
    next: sessionForgotten.next,
    async run(attempt) {
        const session = await openReady(attempt);
        // A call in this session, which takes longer, shows that the slow one has ended.
        const clock = await openReady(attempt);
        const after = lastEventId(attempt, session);
        const slow = session.freshId();
        await session.post(echoCall(slow, attempt.random.word(), 150));
        session.close();
        await callEcho(attempt, clock, 250);
        const quick = session.freshId();
        const body = JSON.stringify({ jsonrpc: '2.0', ...echoCall(quick, attempt.random.word()) });
        const answer = await session.postText(body);
        if (answer.status !== 202) throw attempt.failure({ received: showAnswer(answer), ...sessionForgotten });
        await callEcho(attempt, clock);
        await comeBack(attempt, session, after, [slow, quick]);
    }
};

const foreign: Check<Attempt> = {
    id: 'resume-own-only',
    title: {
        en: 'A client gets no event of another session',
        fr: "Un client ne reçoit aucun événement d'une autre session"
    },
    sends: {
        en: 'GET /sse with a Last-Event-ID that this server never gave',
        fr: "GET /sse avec un Last-Event-ID que ce serveur n'a jamais donné"
    },
    expects: {
        en: 'a new session, HTTP 204 or an error, and no event of another session',
        fr: "une nouvelle session, HTTP 204 ou une erreur, et aucun événement d'une autre session"
    },
    clause: clauses.lastEventId,
    next: {
        en: 'Put the whole session id into each event id, and resume only the session that it names.',
        fr: "Mettez l'identifiant complet de la session dans celui de chaque événement, et ne reprenez que la session qu'il nomme."
    },
    async run(attempt) {
        const session = await openReady(attempt);
        const other = await openReady(attempt);
        await callEcho(attempt, session);
        const after = lastEventId(attempt, session);
        session.close();
        await callEcho(attempt, other);
        // With its own id, the client gets what it missed: nothing.
        (await comeBack(attempt, session, after, [])).close();
        const forged = after.replace(/[0-9a-z]/i, char => (char === '1' ? '2' : '1'));
        const known = [session.endpoint.href, other.endpoint.href];
        const ids = [forged, '1', `${attempt.random.word()}:1`].filter(id => id !== after);
        // The second time shows whether the first one opened a session, or found one of an earlier client.
        for (const id of [...ids, ...ids]) known.push(await openUnknown(attempt, id, known));
    }
};

/**
 * Opens a stream with a Last-Event-ID that the server never gave. Fails if it shows a reply before its client has sent
 * a request, or if it is one of the known sessions. Returns the address of the new session, or an empty text.
 */
async function openUnknown(attempt: Attempt, id: string, known: readonly string[]): Promise<string> {
    const stream = await attempt.openStream({ 'Last-Event-ID': id });
    const sent = attempt.lastSent;
    if (stream.status !== 200) return '';
    await stream.until(() => stream.events.length > 0, attempt.limitMs);
    const endpoint = stream.events.find(({ event }) => event === 'endpoint');
    const address = endpoint && new URL(endpoint.data, attempt.url);
    if (address && !known.includes(address.href)) {
        // The reply to this request comes after all that the server replays.
        const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
        await attempt.send(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
        await stream.until(() => repliesOn(stream).length > 0, attempt.limitMs);
        const [first] = repliesOn(stream);
        if (first && replyId(first.data) === 1) return address.href;
    }
    throw attempt.failure({ sent, received: showEvents(stream) });
}

/** Event ids, and what a client gets that comes back with one. */
export const resume = [ids, replays, midCall, foreign];
