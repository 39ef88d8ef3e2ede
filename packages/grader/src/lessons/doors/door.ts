import type { Attempt } from '../../attempt.ts';
import { type FailureDetails, Unreachable } from '../../check.ts';
import { clauses } from '../../clauses.ts';
import { type Diagnosis, diagnoses } from '../../diagnoses.ts';
import { type McpSession, openReady } from '../../mcp-session.ts';
import type { Text } from '../../text.ts';
import type { Answer } from '../../wire/request.ts';
import { showAnswer } from '../../wire/show.ts';

type Headers = Record<string, string>;

/** The only origin whose pages may use the server of this lesson. */
export const ALLOWED_ORIGIN = 'http://localhost:5173';

/**
 * The token of the server under test.
 *
 * @throws Unreachable if it is not known.
 */
export function tokenOf({ token }: Attempt): string {
    if (token) return token;
    throw new Unreachable({
        en: 'the token of the server is not known: add --token and the value of its TOKEN',
        fr: 'le jeton du serveur est inconnu : ajoutez --token et la valeur de son TOKEN'
    });
}

export const bearer = (token: string): Headers => ({ Authorization: `Bearer ${token}` });

/** Opens a session with the right token, and initializes it: proof that the server serves those that it should. */
export async function openWithToken(attempt: Attempt): Promise<McpSession> {
    return await openReady(attempt, bearer(tokenOf(attempt)));
}

/** The response to GET /sse. A stream does not end, so its body is what comes first. */
export async function getStream(attempt: Attempt, headers: Headers): Promise<Answer> {
    const stream = await attempt.openStream(headers);
    await stream.until(() => stream.status === 200 && stream.events.length > 0, attempt.limitMs);
    const { status, headers: received, text } = stream;
    stream.close();
    return { status, headers: received, body: text, complete: true };
}

/** POSTs a ping to the session, with these headers instead of those of the session. */
export async function postPing(attempt: Attempt, session: McpSession, headers: Headers, id = session.freshId()) {
    const body = JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' });
    return await attempt.send(session.endpoint, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body
    });
}

/** The statuses that refuse a request with a wrong Host or Origin. */
export const FORBIDDEN = [403, 421, 400];

/**
 * Fails unless the answer has one of these statuses.
 *
 * @param because what is wrong with the request.
 */
export function expectRefusal(attempt: Attempt, answer: Answer, statuses: readonly number[], because: Text): void {
    if (statuses.includes(answer.status)) return;
    if (answer.status === 429) throw attempt.failure({ received: showAnswer(answer), ...diagnoses.tooManyRequests });
    const [status] = statuses;
    const expected = { en: `HTTP ${status}: ${because.en}`, fr: `HTTP ${status} : ${because.fr}` };
    throw attempt.failure({ received: showAnswer(answer), expected });
}

/** Fails unless a stream has opened, with words about the credential. */
export function expectOpen(attempt: Attempt, answer: Answer, diagnosis: Diagnosis): void {
    if (answer.status === 200) return;
    const isLimited = answer.status === 429;
    throw attempt.failure({ received: showAnswer(answer), ...(isLimited ? diagnoses.tooManyRequests : diagnosis) });
}

/** Fails unless the header, or an empty text without it, is as it should be. */
export function expectHeader(
    attempt: Attempt,
    answer: Answer,
    name: string,
    isRight: (value: string) => boolean,
    otherwise: Partial<FailureDetails> = {}
): void {
    const value = String(answer.headers[name] ?? '');
    if (isRight(value)) return;
    const [line] = showAnswer(answer).split('\n');
    const received = {
        en: `${line}\n${value === '' ? `without the header ${name}` : `${name}: ${value}`}`,
        fr: `${line}\n${value === '' ? `sans l'en-tête ${name}` : `${name}: ${value}`}`
    };
    throw attempt.failure({ ...otherwise, received });
}

/** The right token is refused, but by another door. */
export const otherDoor: Diagnosis = {
    expected: {
        en: 'HTTP 200: the token and the Host are right, and a program that is not a browser sends no Origin',
        fr: "HTTP 200 : le jeton et Host sont justes, et un programme qui n'est pas un navigateur n'envoie pas Origin"
    },
    clause: clauses.sseSecurity,
    next: {
        en: 'Look at your checks of Host and Origin: let localhost pass, and a request without Origin.',
        fr: 'Regardez vos vérifications de Host et Origin : laissez passer localhost, et une requête sans Origin.'
    }
};

/** The right token is refused. */
export const tokenRefused: Diagnosis = {
    expected: {
        en: 'HTTP 200: the token after "Bearer " is the value of the environment variable TOKEN',
        fr: "HTTP 200 : le jeton après « Bearer » est la valeur de la variable d'environnement TOKEN"
    },
    clause: clauses.bearer,
    next: {
        en: 'Compare what follows "Bearer " in the header Authorization with process.env.TOKEN.',
        fr: "Comparez ce qui suit « Bearer » dans l'en-tête Authorization avec process.env.TOKEN."
    }
};
