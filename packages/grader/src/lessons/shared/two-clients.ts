import { type Attempt, nothingFor } from '../../attempt.ts';
import { clauses } from '../../clauses.ts';
import { type Diagnosis, diagnoses } from '../../diagnoses.ts';
import { type McpSession, openReady } from '../../mcp-session.ts';
import { inLanguage, type Text, type Words } from '../../text.ts';
import type { StreamEvent } from '../../wire/event-stream.ts';
import { showAnswer } from '../../wire/show.ts';

/** A session among others, with the words for it in a failure. */
export interface NamedSession {
    name: Text;
    session: McpSession;
}

const FIRST = { en: 'the first client', fr: 'premier client' };
const SECOND = { en: 'the second client', fr: 'second client' };

/** Connects one client, and while it is connected, another. */
export async function openTwo(attempt: Attempt): Promise<[NamedSession, NamedSession]> {
    const first = { name: FIRST, session: await openReady(attempt) };
    const second = { name: SECOND, session: await openReady(attempt) };
    return [first, second];
}

export const crossed: Diagnosis = {
    expected: {
        en: 'on each stream only what belongs to its client',
        fr: 'sur chaque flux, seulement ce qui appartient à son client'
    },
    clause: clauses.httpWithSse,
    next: {
        en: 'Keep what belongs to a session apart: one server object and one transport for each GET, found again by the session id of the POST.',
        fr: "Séparez ce qui appartient à chaque session : un objet serveur et un transport par GET, retrouvés par l'identifiant de session du POST."
    }
};

/** What a notification on the wrong stream means. */
export const strayNotification: Diagnosis = {
    ...crossed,
    next: {
        en: 'Something that both sessions share remembers the last client, such as a tool object with its progress token. Make one for each session, or for each call.',
        fr: 'Un objet partagé par les deux sessions se souvient du dernier client, par exemple un objet outil avec son progressToken. Créez-en un par session, ou par appel.'
    }
};

/** How long a reply may come later than its copy on another stream, in milliseconds. */
const MAX_BEHIND_MS = 250;

/** Sends a ping on a session, and fails unless its reply comes on the stream of that session. */
export async function pingAmong(attempt: Attempt, client: NamedSession, other: NamedSession): Promise<void> {
    const { name, session } = client;
    const { stream } = session;
    if (stream.ended) throw attempt.failure({ received: endOf(client), ...lost(client) });
    const id = attempt.random.word();
    const answer = await session.postText(JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' }));
    const received = showAnswer(answer);
    if (answer.status === 404) throw attempt.failure({ received, ...lost(client) });
    if (answer.status !== 202) throw attempt.failure({ received, ...diagnoses.notAccepted });

    const isReply = ({ data }: StreamEvent) => data.includes(id);
    const comesOn = async ({ stream }: McpSession, limitMs: number) => {
        if (!(await stream.until(() => stream.events.some(isReply), limitMs))) throw new Error('no reply');
    };
    await Promise.any([session, other.session].map(each => comesOn(each, attempt.limitMs))).catch(() => {});
    // A copy on the stream of the other client is not the subject here.
    const isServed = await comesOn(session, MAX_BEHIND_MS).then(
        () => true,
        () => false
    );
    if (isServed) return;
    const strayed = other.session.stream.events.find(isReply);
    const expected = { en: `the reply on the stream of ${name.en}`, fr: `la réponse sur le flux du ${name.fr}` };
    if (strayed) throw attempt.failure({ received: onStreamOf(other, strayed.data), expected });
    if (stream.ended) throw attempt.failure({ received: endOf(client), ...lost(client) });
    throw attempt.timeout({ received: nothingFor(attempt.limitMs), expected });
}

function lost({ name }: NamedSession): Pick<Diagnosis, 'expected' | 'next'> {
    return {
        expected: { en: `the session of ${name.en} continues`, fr: `la session du ${name.fr} continue` },
        next: {
            en: 'Do not close, replace or forget a session when another one begins or ends.',
            fr: "Ne fermez, ne remplacez et n'oubliez pas une session quand une autre commence ou se termine."
        }
    };
}

const endOf = ({ name }: NamedSession): Text => ({
    en: `the stream of ${name.en} ended`,
    fr: `le flux du ${name.fr} s'est terminé`
});

/** Says on whose stream something came. */
export function onStreamOf({ name }: NamedSession, came: Words): Text {
    const en = `on the stream of ${name.en}: ${inLanguage(came, 'en')}`;
    return { en, fr: `sur le flux du ${name.fr} : ${inLanguage(came, 'fr')}` };
}
