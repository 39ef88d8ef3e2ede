import type { Attempt } from '../../attempt.ts';
import type { Check } from '../../check.ts';
import { clauses } from '../../clauses.ts';
import { openReady } from '../../mcp-session.ts';
import type { Text } from '../../text.ts';
import type { Answer } from '../../wire/request.ts';
import { showAnswer } from '../../wire/show.ts';
import { callAdd } from '../shared/add.ts';
import {
    ALLOWED_ORIGIN,
    bearer,
    expectHeader,
    expectOpen,
    expectRefusal,
    getStream,
    openWithToken,
    postPing,
    tokenOf
} from './door.ts';

const opens: Check<Attempt> = {
    id: 'cookie-opens',
    title: {
        en: 'POST /login gives a cookie that opens a session',
        fr: 'POST /login donne un cookie qui ouvre une session'
    },
    sends: {
        en: 'POST /login with the token, in Authorization and as {"token":"…"}, then GET /sse with the cookie',
        fr: 'POST /login avec le jeton, dans Authorization et comme {"token":"…"}, puis GET /sse avec le cookie'
    },
    expects: {
        en: 'Set-Cookie with HttpOnly, SameSite=Strict and a new random value; GET /sse with that cookie opens a session',
        fr: 'Set-Cookie avec HttpOnly, SameSite=Strict et une nouvelle valeur au hasard ; GET /sse avec ce cookie ouvre une session'
    },
    clause: clauses.cookies,
    next: {
        en: 'In POST /login, remember randomUUID() in a Set and give it with res.cookie(). Accept it wherever you accept the token.',
        fr: 'Dans POST /login, gardez randomUUID() dans un Set et donnez-le avec res.cookie(). Acceptez-le partout où vous acceptez le jeton.'
    },
    async run(attempt) {
        const Cookie = await logIn(attempt);
        if ((await logIn(attempt)) === Cookie) {
            throw attempt.failure({
                received: { en: 'the same cookie for two logins', fr: 'le même cookie pour deux connexions' },
                expected: {
                    en: 'a new random value for each login: it can be withdrawn alone, and tells nothing about the token',
                    fr: "une nouvelle valeur au hasard à chaque connexion : elle se retire seule, et n'apprend rien du jeton"
                },
                next: {
                    en: 'Make the value with randomUUID(), and remember it in a Set.',
                    fr: 'Créez la valeur avec randomUUID(), et gardez-la dans un Set.'
                }
            });
        }
        const stream = await getStream(attempt, { Cookie });
        const { clause } = opens;
        const expected = {
            en: 'HTTP 200: EventSource cannot send Authorization, so the cookie alone must open the stream',
            fr: 'HTTP 200 : EventSource ne peut pas envoyer Authorization, donc le cookie seul doit ouvrir le flux'
        };
        const next = {
            en: 'Where you look for the token, look for the cookie as well, and accept a value that POST /login has given.',
            fr: 'Là où vous cherchez le jeton, cherchez aussi le cookie, et acceptez une valeur que POST /login a donnée.'
        };
        expectOpen(attempt, stream, { expected, clause, next });
        const session = await openReady(attempt, { Cookie });
        await callAdd(attempt, session);
        const fromPage = await getStream(attempt, { Cookie, Origin: ALLOWED_ORIGIN });
        expectHeader(attempt, fromPage, 'access-control-allow-credentials', value => value === 'true', {
            expected: {
                en: 'Access-Control-Allow-Credentials: true, or the page may not read a response to its cookie',
                fr: 'Access-Control-Allow-Credentials: true, sinon la page ne peut pas lire une réponse à son cookie'
            },
            clause: clauses.cors,
            next: {
                en: 'Set the header next to Access-Control-Allow-Origin.',
                fr: "Ajoutez l'en-tête à côté d'Access-Control-Allow-Origin."
            }
        });
    }
};

const refused: Check<Attempt> = {
    id: 'cookie-refused',
    title: {
        en: 'A wrong login and a forged cookie are refused',
        fr: 'Une fausse connexion et un cookie inventé sont refusés'
    },
    sends: {
        en: 'POST /login with a wrong token, then GET /sse with invented cookies',
        fr: 'POST /login avec un faux jeton, puis GET /sse avec des cookies inventés'
    },
    expects: { en: 'HTTP 401 and no Set-Cookie', fr: 'HTTP 401 et pas de Set-Cookie' },
    clause: clauses.cookies,
    next: {
        en: 'Set the cookie only after the token was compared, and accept only values that POST /login has given.',
        fr: "Ne donnez le cookie qu'après avoir comparé le jeton, et n'acceptez que des valeurs données par POST /login."
    },
    async run(attempt) {
        const [name] = (await logIn(attempt)).split('=');
        const bad = attempt.random.word();
        const wrong = await postLogin(attempt, bearer(bad), JSON.stringify({ token: bad }));
        expectRefusal(attempt, wrong, [401, 403], { en: 'the token is wrong', fr: 'le jeton est faux' });
        expectHeader(attempt, wrong, 'set-cookie', value => value === '');
        const none = { en: 'there is no token', fr: "il n'y a pas de jeton" };
        for (const type of ['application/json', 'text/plain']) {
            const answer = await postLogin(attempt, { 'Content-Type': type }, '{}');
            expectRefusal(attempt, answer, [401, 403, 400, 415, 422], none);
        }
        const invented = { en: 'the server never gave this cookie', fr: "le serveur n'a jamais donné ce cookie" };
        for (const value of [attempt.random.word(), 'true', '']) {
            expectRefusal(attempt, await getStream(attempt, { Cookie: `${name}=${value}` }), [401], invented);
        }
    }
};

const bound: Check<Attempt> = {
    id: 'session-bound',
    title: { en: 'A session answers only to its credential', fr: "Une session ne répond qu'à qui l'a ouverte" },
    sends: {
        en: 'POST to a session with another valid credential than the one that opened it',
        fr: "POST à une session avec un autre identifiant valable que celui qui l'a ouverte"
    },
    expects: { en: 'HTTP 404, 403 or 401', fr: 'HTTP 404, 403 ou 401' },
    clause: clauses.sessionHijacking,
    next: {
        en: 'Keep the credential in the session when GET /sse opens it, and compare it in POST /messages.',
        fr: "Gardez l'identifiant secret dans la session quand GET /sse l'ouvre, et comparez-le dans POST /messages."
    },
    async run(attempt) {
        const mine = { Cookie: await logIn(attempt) };
        const other = { Cookie: await logIn(attempt) };
        const because = {
            en: 'the credential is valid, but another one opened this session',
            fr: "l'identifiant est valable, mais un autre a ouvert cette session"
        };
        const byToken = await openWithToken(attempt);
        expectRefusal(attempt, await postPing(attempt, byToken, other), [404, 403, 401], because);
        await byToken.request('ping');
        const byCookie = await openReady(attempt, mine);
        expectRefusal(attempt, await postPing(attempt, byCookie, other), [404, 403, 401], because);
        await byCookie.request('ping');
    }
};

async function postLogin(attempt: Attempt, headers: Record<string, string>, body: string): Promise<Answer> {
    const url = new URL('/login', attempt.url);
    return await attempt.send(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body
    });
}

/** Logs in with the token; returns the cookie as the browser sends it back. */
async function logIn(attempt: Attempt): Promise<string> {
    const token = tokenOf(attempt);
    const answer = await postLogin(attempt, bearer(token), JSON.stringify({ token }));
    const [cookie] = answer.headers['set-cookie'] ?? [];
    if (answer.status >= 400 || cookie === undefined) {
        throw attempt.failure({
            received: cookie === undefined ? withoutCookie(answer) : showAnswer(answer),
            expected: { en: 'HTTP 204 with Set-Cookie', fr: 'HTTP 204 avec Set-Cookie' }
        });
    }
    const [pair = '', ...attributes] = cookie.split(/\s*;\s*/);
    const find = (name: string) => attributes.find(attribute => attribute.toLowerCase().startsWith(name));
    const path = find('path=')?.slice('path='.length) ?? '/';
    const shown = [pair.replace(/=.*/, '=…'), ...attributes].join('; ');
    const next = {
        en: "res.cookie('login', value, { httpOnly: true, sameSite: 'strict' }) writes all of it.",
        fr: "res.cookie('login', value, { httpOnly: true, sameSite: 'strict' }) écrit tout cela."
    };
    const fail = (expected: Text) => attempt.failure({ received: `Set-Cookie: ${shown}`, expected, next });
    if (!find('httponly')) {
        throw fail({
            en: 'HttpOnly: scripts cannot read the cookie',
            fr: 'HttpOnly : les scripts ne lisent pas le cookie'
        });
    }
    if (find('samesite=')?.toLowerCase() !== 'samesite=strict') {
        throw fail({
            en: 'SameSite=Strict: requests that another site starts come without the cookie',
            fr: "SameSite=Strict : les requêtes qu'un autre site lance viennent sans le cookie"
        });
    }
    if (!attempt.url.pathname.startsWith(path)) {
        throw fail({
            en: `Path=/: with ${path}, the browser does not send the cookie to ${attempt.url.pathname}`,
            fr: `Path=/ : avec ${path}, le navigateur n'envoie pas le cookie à ${attempt.url.pathname}`
        });
    }
    return pair;
}

function withoutCookie(answer: Answer): Text {
    const shown = showAnswer(answer);
    return { en: `${shown}\nwithout Set-Cookie`, fr: `${shown}\nsans Set-Cookie` };
}

/** The cookie for EventSource, and the session that belongs to one credential. */
export const login = [opens, refused, bound];
