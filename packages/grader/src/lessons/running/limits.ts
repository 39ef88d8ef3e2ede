import { type Attempt, nothingFor } from '../../attempt.ts';
import type { Check } from '../../check.ts';
import { clauses } from '../../clauses.ts';
import { diagnoses } from '../../diagnoses.ts';
import { openReady, openSession } from '../../mcp-session.ts';
import { showAnswer, showStream } from '../../wire/show.ts';
import { callEcho, echoCall, replyId } from './calls.ts';

const heartbeat: Check<Attempt> = {
    id: 'heartbeat',
    title: { en: 'A silent stream sends heartbeats', fr: 'Un flux silencieux envoie des battements' },
    sends: { en: 'GET /sse, and nothing more', fr: "GET /sse, et rien d'autre" },
    expects: {
        en: 'a comment, such as the line ": heartbeat", each half second',
        fr: 'un commentaire, tel que la ligne « : heartbeat », chaque demi-seconde'
    },
    clause: clauses.keepAlive,
    next: {
        en: "Where you open the stream, write ': heartbeat\\n\\n' to the stream in a setInterval, and clear it when the stream closes.",
        fr: "Là où vous ouvrez le flux, écrivez ': heartbeat\\n\\n' sur le flux dans un setInterval, et arrêtez-le quand le flux se ferme."
    },
    async run(attempt) {
        const session = await openReady(attempt);
        const { stream } = session;
        // What came until now may be a greeting.
        const events = stream.events.length;
        const before = stream.text.length;
        // A comment is best; to a proxy, any bytes show that the connection is used.
        const came = await stream.until(() => stream.text.length > before, attempt.limitMs);
        const received = showStream(stream);
        if (stream.ended) throw attempt.failure({ received, ...diagnoses.streamEnded });
        const event = stream.events[events];
        if (event?.event === 'message' && replyId(event.data) === undefined && !event.data.includes('"method"')) {
            throw attempt.failure({
                received,
                expected: {
                    en: 'a comment: the client reads each event `message` as JSON-RPC, and fails',
                    fr: 'un commentaire : le client lit chaque événement `message` comme du JSON-RPC, et échoue'
                }
            });
        }
        if (!came)
            throw attempt.timeout({ sent: `GET ${attempt.url.pathname}`, received: nothingFor(attempt.limitMs) });
    }
};

/** Sent to a client that reads nothing, in bytes: more than the buffers of any system between the two. */
const FLOOD = 16 * 1024 * 1024;
const MESSAGE = 64 * 1024;
/** Calls at the same time. */
const BATCH = 4;

const slowReader: Check<Attempt> = {
    id: 'slow-reader',
    title: { en: 'A client that does not read costs little', fr: 'Un client qui ne lit pas coûte peu' },
    sends: {
        en: `${FLOOD / MESSAGE} calls of echo with 64 KB each, while the client reads nothing`,
        fr: `${FLOOD / MESSAGE} appels de echo de 64 Ko chacun, pendant que le client ne lit rien`
    },
    expects: {
        en: 'the server disconnects the client, or refuses its calls, before 16 MB wait for it',
        fr: "le serveur déconnecte le client, ou refuse ses appels, avant que 16 Mo ne l'attendent"
    },
    clause: clauses.backpressure,
    next: {
        en: 'After each write, look at writableLength of the stream: above 1 MB, destroy it. Keep no more than 1 MB for a replay.',
        fr: 'Après chaque écriture, regardez writableLength du flux : au-delà de 1 Mo, détruisez-le. Ne gardez pas plus de 1 Mo pour la reprise.'
    },
    async run(attempt) {
        const session = await openReady(attempt);
        const { stream } = session;
        stream.pause();
        const message = attempt.random.word().repeat(MESSAGE / 8);
        let isRefused = false;
        for (let sent = 0; sent < FLOOD && !isRefused; sent += BATCH * MESSAGE) {
            const calls = Array.from({ length: BATCH }, () => echoCall(session.freshId(), message));
            const posts = calls.map(call => session.postText(JSON.stringify({ jsonrpc: '2.0', ...call })));
            const answers = await Promise.all(posts);
            isRefused = answers.some(({ status }) => status !== 202);
            const tooLarge = answers.find(({ status }) => status === 413);
            if (tooLarge) throw attempt.failure({ received: showAnswer(tooLarge), ...smallBody });
        }
        stream.resume();
        if (!isRefused) await stream.until(() => stream.text.length >= FLOOD, attempt.limitMs);
        const megabytes = Math.round(stream.text.length / 1024 / 1024);
        if (stream.text.length >= FLOOD) {
            throw attempt.failure({
                sent: `POST ${session.endpoint.pathname}, ${FLOOD / MESSAGE} × 64 KB`,
                received: {
                    en: `${megabytes} MB, when the client began to read: the server had kept all of it in memory`,
                    fr: `${megabytes} Mo, quand le client s'est mis à lire : le serveur avait tout gardé en mémoire`
                }
            });
        }
        // The server must have survived, for the other clients.
        await callEcho(attempt, await openReady(attempt));
    }
};

const smallBody = {
    expected: { en: 'HTTP 202: a message may have 100 KB', fr: 'HTTP 202 : un message peut avoir 100 Ko' },
    next: { en: 'Allow bodies of at least 100 KB.', fr: "Permettez des corps d'au moins 100 Ko." }
};

const health: Check<Attempt> = {
    id: 'health-sessions',
    title: { en: 'GET /health says how many sessions there are', fr: 'GET /health dit combien il y a de sessions' },
    sends: { en: 'GET /health, two GET /sse, GET /health', fr: 'GET /health, deux GET /sse, GET /health' },
    expects: { en: 'HTTP 200 and {"sessions":N}, then N + 2', fr: 'HTTP 200 et {"sessions":N}, puis N + 2' },
    clause: clauses.healthChecks,
    next: {
        en: 'Answer GET /health with res.json({ sessions: sessions.size }).',
        fr: 'Répondez à GET /health par res.json({ sessions: sessions.size }).'
    },
    async run(attempt) {
        const deadline = Date.now() + attempt.limitMs;
        for (;;) {
            const before = await countSessions(attempt);
            await openSession(attempt);
            await openSession(attempt);
            const after = await countSessions(attempt);
            if (after === before + 2) return;
            // A session of an earlier check may have ended in between.
            if (Date.now() < deadline) continue;
            throw attempt.failure({
                received: {
                    en: `{"sessions":${before}}, then {"sessions":${after}}`,
                    fr: `{"sessions":${before}}, puis {"sessions":${after}}`
                }
            });
        }
    }
};

async function countSessions(attempt: Attempt): Promise<number> {
    const answer = await attempt.send(new URL('/health', attempt.url));
    const [, count] = /"sessions"\s*:\s*(\d+)/.exec(answer.body) ?? [];
    if (answer.status !== 200 || count === undefined) throw attempt.failure({ received: showAnswer(answer) });
    return Number(count);
}

/** What a stream sends in silence, and what a client may cost. */
export const limits = { heartbeat, slowReader, health };
