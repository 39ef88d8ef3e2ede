import type { Attempt } from '../../attempt.ts';
import type { Check } from '../../check.ts';
import { clauses } from '../../clauses.ts';
import { type McpSession, openReady } from '../../mcp-session.ts';
import type { LearnerProcess } from '../../target.ts';
import type { Text } from '../../text.ts';
import type { EventStream } from '../../wire/event-stream.ts';
import { showAnswer } from '../../wire/show.ts';
import { askUntil } from '../shared/ask-until.ts';
import { callEcho, echoCall, lastEventId, repliesOn, replyId, sessionForgotten } from './calls.ts';

/** Characters of a session id that a log may have. */
const SHORT = 8;

const logs: Check<Attempt> = {
    id: 'log-without-secrets',
    title: { en: 'The log names a session, and no secret', fr: 'Le journal nomme une session, et aucun secret' },
    sends: { en: 'GET /sse with a token, and a call of echo', fr: 'GET /sse avec un jeton, et un appel de echo' },
    expects: {
        en: 'a line with the first 8 characters of the session id, as soon as the session is open',
        fr: "une ligne avec les 8 premiers caractères de l'identifiant de session, dès que la session est ouverte"
    },
    clause: clauses.logs,
    next: {
        en: 'When a session opens, console.log() a line with sessionId.slice(0, 8).',
        fr: "Quand une session s'ouvre, écrivez une ligne par console.log() avec sessionId.slice(0, 8)."
    },
    needs: 'process',
    async run(attempt) {
        const { output } = processOf(attempt);
        const token = attempt.random.word() + attempt.random.word();
        const session = await openReady(attempt, { Authorization: `Bearer ${token}` });
        await callEcho(attempt, session);
        const id = sessionIdOf(session);
        await askUntil(
            attempt,
            async () => linesWith(attempt, id.slice(0, SHORT)),
            lines => lines > 0
        );
        const lines = processOf(attempt).output.slice(output.length);
        const sent = `GET ${attempt.url.pathname}`;
        if (!lines.includes(id.slice(0, SHORT))) {
            const received = lines.trimEnd() || { en: 'nothing in the log', fr: 'rien dans le journal' };
            throw attempt.failure({ sent, received });
        }
        for (const [secret, advice] of [[id, wholeId] as const, [token, wholeToken] as const]) {
            const received = lines.split('\n').find(line => line.includes(secret));
            if (received !== undefined) throw attempt.failure({ sent, received, ...advice });
        }
    }
};

const wholeId = {
    expected: {
        en: 'a log without the whole session id: a person who reads the log could post into the session',
        fr: "un journal sans l'identifiant complet : qui lit le journal pourrait envoyer des messages à la session"
    }
};

const wholeToken = {
    expected: {
        en: 'a log without the token that the client has sent',
        fr: 'un journal sans le jeton que le client a envoyé'
    },
    next: {
        en: 'Print no headers.',
        fr: "N'affichez pas les en-têtes."
    }
};

const stops: Check<Attempt> = {
    id: 'stops-cleanly',
    title: { en: 'SIGTERM loses no call', fr: 'SIGTERM ne perd aucun appel' },
    sends: {
        en: 'two slow calls of echo, one of them while its stream is down; the stream comes back; then SIGTERM to the server',
        fr: 'deux appels lents de echo, dont un pendant que son flux est coupé ; le flux revient ; puis SIGTERM au serveur'
    },
    expects: {
        en: 'both replies, the end of the streams, a line in the log, and the end of the process with exit code 0',
        fr: 'les deux réponses, la fin des flux, une ligne dans le journal, et la fin du processus avec le code 0'
    },
    clause: clauses.disposability,
    next: {
        en: "In process.once('SIGTERM', …): stop listening, wait for the calls in flight, close each session.",
        fr: "Dans process.once('SIGTERM', …) : cessez d'écouter, attendez les appels en cours, fermez chaque session."
    },
    needs: 'signal',
    async run(attempt) {
        const process = processOf(attempt);
        const session = await openReady(attempt);
        const { stream } = session;
        const short = sessionIdOf(session).slice(0, SHORT);
        const id = session.freshId();
        const down = await openReady(attempt);
        down.close();
        await session.post(echoCall(id, attempt.random.word(), 200));
        const sent = attempt.lastSent;
        // Longer than the other call: a server that does not count this one stops before its reply.
        const back = await callWhileDown(attempt, down, 500);
        const linesBefore = linesWith(attempt, short);
        const fail = (received: Text, next = stops.next) =>
            attempt.failure({ sent: `${sent}\nSIGTERM`, received, next });
        process.kill('SIGTERM');
        const isAnswered = () => repliesOn(stream).some(({ data }) => replyId(data) === id);
        await stream.until(isAnswered, attempt.limitMs);
        if (!isAnswered() && stream.ended && (await within(attempt.limitMs, process.ended)) === null) {
            throw fail(killed, handleSignal);
        }
        if (!isAnswered()) throw fail(stream.ended ? endedEarly : noReply);
        await back.until(() => repliesOn(back).length > 0, attempt.limitMs);
        if (repliesOn(back).length === 0) throw fail(lostWhileDown, countAll);
        if (!(await stream.until(() => false, attempt.limitMs)) && !stream.ended) throw fail(stillOpen, endStreams);
        const code = await within(attempt.limitMs, process.ended);
        if (code === undefined) throw fail(stillRuns, endStreams);
        if (code !== 0) {
            throw fail({
                en: `exit code ${code ?? 'none: the signal ended the process'}`,
                fr: `code de sortie ${code ?? 'absent : le signal a terminé le processus'}`
            });
        }
        if (linesWith(attempt, short) <= linesBefore) throw fail(notLogged, logTheEnd);
    }
};

/** Sends a call to a session whose stream is down, and comes back; returns the new stream. */
async function callWhileDown(attempt: Attempt, session: McpSession, ms: number): Promise<EventStream> {
    const call = echoCall(session.freshId(), attempt.random.word(), ms);
    const answer = await session.postText(JSON.stringify({ jsonrpc: '2.0', ...call }));
    if (answer.status !== 202) throw attempt.failure({ received: showAnswer(answer), ...sessionForgotten });
    return await attempt.openStream({ 'Last-Event-ID': lastEventId(attempt, session) });
}

const lostWhileDown = {
    en: 'the end of the stream, before the reply to the call that arrived while the stream was down',
    fr: "la fin du flux, avant la réponse à l'appel arrivé pendant que le flux était coupé"
};
const countAll = {
    en: 'Count a request as in flight when it arrives, whether the session has a stream at that moment or not.',
    fr: 'Comptez une requête comme en cours dès son arrivée, que la session ait un flux à ce moment ou non.'
};
const endedEarly = {
    en: 'the end of the stream, before the reply to the call',
    fr: "la fin du flux, avant la réponse à l'appel"
};
const killed = {
    en: 'the end of the process, at once: the call gets no reply',
    fr: "la fin du processus, aussitôt : l'appel n'a pas de réponse"
};
const handleSignal = {
    en: "Handle the signal with process.once('SIGTERM', …). Without a handler, it ends the process.",
    fr: "Traitez le signal avec process.once('SIGTERM', …). Sans cela, il termine le processus."
};
const noReply = { en: 'no reply to the call', fr: "aucune réponse à l'appel" };
const stillOpen = { en: 'the reply, but the stream stays open', fr: 'la réponse, mais le flux reste ouvert' };
const stillRuns = {
    en: 'the end of the stream, but the process still runs',
    fr: 'la fin du flux, mais le processus tourne encore'
};
const notLogged = {
    en: 'exit code 0, but no line in the log about the end of the session',
    fr: 'code de sortie 0, mais aucune ligne dans le journal sur la fin de la session'
};
const endStreams = {
    en: 'End the stream of each session, clear its timers, and close the listener: node exits when nothing is left to do.',
    fr: "Terminez le flux de chaque session, arrêtez ses minuteurs et fermez le listener : node s'arrête quand il n'a plus rien à faire."
};
const logTheEnd = {
    en: 'Where a session closes, console.log() a line with sessionId.slice(0, 8).',
    fr: 'Là où une session se ferme, écrivez une ligne par console.log() avec sessionId.slice(0, 8).'
};

function processOf({ process }: Attempt): LearnerProcess {
    if (!process) throw new Error('a check that needs a process must be left out without one');
    return process;
}

/** The session id in the address of a session: the value that no other session has. */
function sessionIdOf({ endpoint }: McpSession): string {
    const words = `${endpoint.pathname}${endpoint.search}`.match(/[\w-]{8,}/g) ?? [];
    return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

const linesWith = (attempt: Attempt, text: string): number => processOf(attempt).output.split(text).length - 1;

/** The value, or undefined if it does not come in time. */
async function within<T>(ms: number, value: Promise<T>): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>(resolve => {
        timer = setTimeout(() => resolve(undefined), ms);
    });
    return await Promise.race([value, late]).finally(() => clearTimeout(timer));
}

/** What only the process shows: its log, and its end. */
export const processChecks = { logs, stops };
