import { type Attempt, nothingFor } from '../attempt.ts';
import type { Check, CheckFailure } from '../check.ts';
import { clauses } from '../clauses.ts';
import { diagnoses } from '../diagnoses.ts';
import { expectStream } from '../mcp-session.ts';
import type { Text } from '../text.ts';
import type { EventStream } from '../wire/event-stream.ts';
import { showAnswer, showStream } from '../wire/show.ts';
import { askUntil } from './shared/ask-until.ts';

const opens: Check<Attempt> = {
    id: 'stream-opens',
    title: { en: 'GET /sse opens an event stream', fr: "GET /sse ouvre un flux d'événements" },
    sends: { en: 'GET /sse', fr: 'GET /sse' },
    expects: diagnoses.notAStream.expected,
    clause: clauses.eventStream,
    next: diagnoses.notAStream.next,
    async run(attempt) {
        await openStream(attempt);
    }
};

const connected: Check<Attempt> = {
    id: 'connected-first',
    title: { en: 'The first event is `connected`', fr: 'Le premier événement est `connected`' },
    sends: { en: 'GET /sse', fr: 'GET /sse' },
    expects: {
        en: 'at once, the lines "event: connected", "data: …" and an empty line',
        fr: 'aussitôt, les lignes « event: connected », « data: … » et une ligne vide'
    },
    clause: clauses.eventStream,
    next: {
        en: 'Write the event as soon as the headers are sent. The empty line at its end makes the browser dispatch it.',
        fr: "Écrivez l'événement dès que les en-têtes sont envoyés. La ligne vide à la fin le fait émettre par le navigateur."
    },
    async run(attempt) {
        const stream = await openStream(attempt);
        const first = await stream.next(() => true, attempt.limitMs);
        const received = showStream(stream);
        if (first && first.event !== 'connected') throw attempt.failure({ received });
        if (!first && stream.ended) throw attempt.failure({ received, expected: diagnoses.streamEnded.expected });
        if (!first) throw silence(attempt, stream);
    }
};

const heartbeats: Check<Attempt> = {
    id: 'heartbeats-continue',
    title: {
        en: 'Events `heartbeat` arrive while the connection lasts',
        fr: 'Des événements `heartbeat` arrivent tant que dure la connexion'
    },
    sends: { en: 'GET /sse, and the stream stays open', fr: 'GET /sse, et le flux reste ouvert' },
    expects: {
        en: 'two events `heartbeat`, a second apart, whose data is the time as ISO 8601',
        fr: "deux événements `heartbeat`, à une seconde d'intervalle, avec l'heure ISO 8601 comme donnée"
    },
    clause: clauses.eventStream,
    next: {
        en: 'Start a setInterval for each stream, and write one event each second.',
        fr: 'Lancez un setInterval pour chaque flux, et écrivez un événement par seconde.'
    },
    async run(attempt) {
        const stream = await openStream(attempt);
        const times: number[] = [];
        for (const _ of [1, 2]) {
            const event = await stream.next(({ event }) => event === 'heartbeat', attempt.limitMs);
            const received = showStream(stream);
            if (!event && stream.ended) throw attempt.failure({ received, expected: diagnoses.streamEnded.expected });
            if (!event) throw silence(attempt, stream);
            times.push(/^\d{4}-\d\d-\d\dT/.test(event.data) ? Date.parse(event.data) : Number.NaN);
        }
        const [first = Number.NaN, second = Number.NaN] = times;
        // The clock of the server decides, and timers are allowed to be early by a little.
        if (!(second - first >= 500)) throw attempt.failure({ received: showStream(stream) });
    }
};

const counts: Check<Attempt> = {
    id: 'health-counts',
    title: {
        en: 'GET /health tells how many streams are open',
        fr: 'GET /health donne le nombre de flux ouverts'
    },
    sends: { en: 'GET /sse several times, then GET /health', fr: 'plusieurs GET /sse, puis GET /health' },
    expects: {
        en: '{"connections":N}, with each open stream counted',
        fr: '{"connections":N}, chaque flux ouvert compté'
    },
    clause: clauses.eventStream,
    next: {
        en: 'Keep the open responses in a Set: add each one in GET /sse, and return its size in GET /health.',
        fr: "Gardez les réponses ouvertes dans un Set : ajoutez chacune dans GET /sse, et renvoyez son nombre d'éléments dans GET /health."
    },
    async run(attempt) {
        const before = await countConnections(attempt);
        const opened = attempt.random.integer(2, 4);
        for (let left = opened; left > 0; left -= 1) await openStream(attempt);
        const after = await countConnections(attempt);
        if (after === before + opened) return;
        const connections = `{"connections":${before + opened}}`;
        throw failCount(attempt, after, {
            en: `${connections}: ${before} before the check, and the ${opened} streams that it has opened`,
            fr: `${connections} : ${before} avant la vérification, et les ${opened} flux qu'elle a ouverts`
        });
    }
};

const forgets: Check<Attempt> = {
    id: 'health-forgets',
    title: {
        en: 'The number follows when clients disconnect',
        fr: 'Le nombre suit quand des clients se déconnectent'
    },
    sends: {
        en: 'GET /sse several times, closes the streams, then GET /health',
        fr: 'plusieurs GET /sse, ferme les flux, puis GET /health'
    },
    expects: { en: 'the number from before the streams were opened', fr: "le nombre d'avant l'ouverture des flux" },
    clause: clauses.eventStream,
    next: {
        en: "In GET /sse, listen for the event 'close' of the response: stop the timer and remove the response from the Set.",
        fr: "Dans GET /sse, écoutez l'événement « close » de la réponse : arrêtez le minuteur et retirez la réponse du Set."
    },
    async run(attempt) {
        const before = await countConnections(attempt);
        const streams = [await openStream(attempt), await openStream(attempt)];
        for (const stream of streams) stream.close();
        // The server learns of the end of a connection a moment later than the client.
        const after = await askUntil(
            attempt,
            () => countConnections(attempt),
            count => count === before
        );
        if (after === before) return;
        const connections = `{"connections":${before}}`;
        throw failCount(attempt, after, {
            en: `${connections}, as before the check`,
            fr: `${connections}, comme avant la vérification`
        });
    }
};

async function openStream(attempt: Attempt) {
    const stream = await attempt.openStream();
    await expectStream(attempt, stream, clauses.eventStream);
    return stream;
}

async function countConnections(attempt: Attempt): Promise<number> {
    const answer = await attempt.send(new URL('/health', attempt.url));
    const count = readCount(answer.body);
    if (answer.status !== 200 || count === undefined) throw attempt.failure({ received: showAnswer(answer) });
    return count;
}

function readCount(body: string): number | undefined {
    try {
        const { connections } = JSON.parse(body);
        return typeof connections === 'number' ? connections : undefined;
    } catch {
        return undefined;
    }
}

function failCount(attempt: Attempt, received: number, expected: Text): CheckFailure {
    return attempt.failure({ received: `{"connections":${received}}`, expected });
}

/** The error to throw where no event came, or none that is complete: then the report shows the first of these. */
function silence(attempt: Attempt, stream: EventStream): CheckFailure {
    if (!stream.isEventOpen) return attempt.timeout({ received: nothingFor(attempt.limitMs, showStream(stream)) });
    const { status, headers } = stream;
    const text = stream.text.replace(/(?<=^data:.*\r?\n)event:[\s\S]*/m, '');
    const received = nothingFor(attempt.limitMs, showStream({ status, headers, text }), true);
    return attempt.timeout({ received, ...diagnoses.eventNotEnded });
}

/** A stream by hand: events arrive while the connection lasts, and the count follows connects and disconnects. */
export const stream = [opens, connected, heartbeats, counts, forgets];
