import type { Attempt } from '../../attempt.ts';
import type { Check } from '../../check.ts';
import { clauses } from '../../clauses.ts';
import type { Text } from '../../text.ts';
import { showAnswer } from '../../wire/show.ts';
import { callAdd } from '../shared/add.ts';
import {
    bearer,
    expectOpen,
    expectRefusal,
    getStream,
    openWithToken,
    otherDoor,
    postPing,
    tokenOf,
    tokenRefused
} from './door.ts';

const opens: Check<Attempt> = {
    id: 'key-opens',
    title: { en: 'The right token opens a session', fr: 'Le bon jeton ouvre une session' },
    sends: {
        en: 'GET /sse and each POST with Authorization: Bearer and the token',
        fr: 'GET /sse et chaque POST avec Authorization: Bearer et le jeton'
    },
    expects: { en: 'a session in which add works', fr: 'une session où add fonctionne' },
    clause: clauses.bearer,
    next: tokenRefused.next,
    async run(attempt) {
        const answer = await getStream(attempt, bearer(tokenOf(attempt)));
        expectOpen(attempt, answer, answer.status === 401 ? tokenRefused : otherDoor);
        await callAdd(attempt, await openWithToken(attempt));
    }
};

const required: Check<Attempt> = {
    id: 'token-required',
    title: { en: 'GET /sse without a token is refused', fr: 'GET /sse sans jeton est refusé' },
    sends: { en: 'GET /sse without the header Authorization', fr: "GET /sse sans l'en-tête Authorization" },
    expects: {
        en: 'HTTP 401 with the header WWW-Authenticate: Bearer',
        fr: "HTTP 401 avec l'en-tête WWW-Authenticate: Bearer"
    },
    clause: clauses.bearer,
    next: {
        en: 'Before all routes, add app.use(): answer 401 with WWW-Authenticate: Bearer unless the header Authorization has the token.',
        fr: "Avant toutes les routes, ajoutez app.use() : répondez 401 avec WWW-Authenticate: Bearer si l'en-tête Authorization n'a pas le jeton."
    },
    async run(attempt) {
        await openWithToken(attempt);
        const answer = await getStream(attempt, {});
        const because = { en: 'the request has no credential', fr: "la requête n'a pas d'identifiant secret" };
        expectRefusal(attempt, answer, [401], because);
        if (!/^bearer\b/i.test(answer.headers['www-authenticate'] ?? '')) {
            const received = {
                en: `${showAnswer(answer)}\nwithout the header WWW-Authenticate: Bearer`,
                fr: `${showAnswer(answer)}\nsans l'en-tête WWW-Authenticate: Bearer`
            };
            throw attempt.failure({ received });
        }
    }
};

const wrong: Check<Attempt> = {
    id: 'wrong-token',
    title: { en: 'A token that is nearly right is refused', fr: 'Un jeton presque juste est refusé' },
    sends: {
        en: 'GET /sse with the token changed by one character, shortened, or extended',
        fr: 'GET /sse avec le jeton changé par un caractère, raccourci ou allongé'
    },
    expects: { en: 'HTTP 401 for each', fr: 'HTTP 401 pour chacun' },
    clause: clauses.bearer,
    next: {
        en: 'Compare the whole token. timingSafeEqual needs two inputs of the same length: compare the SHA-256 of both.',
        fr: 'Comparez le jeton entier. timingSafeEqual exige deux entrées de même longueur : comparez les SHA-256 des deux.'
    },
    async run(attempt) {
        await openWithToken(attempt);
        for (const { token, because } of wrongTokens(tokenOf(attempt))) {
            expectRefusal(attempt, await getStream(attempt, bearer(token)), [401], because);
        }
    }
};

function wrongTokens(token: string): { token: string; because: Text }[] {
    const other = (char: string | undefined) => (char === 'x' ? 'y' : 'x');
    return [
        {
            token: token.slice(0, -1) + other(token.at(-1)),
            because: { en: 'the last character of the token differs', fr: 'le dernier caractère du jeton diffère' }
        },
        {
            token: other(token[0]) + token.slice(1),
            because: { en: 'the first character of the token differs', fr: 'le premier caractère du jeton diffère' }
        },
        {
            token: token.slice(0, -1),
            because: {
                en: 'the last character of the token is missing',
                fr: 'il manque le dernier caractère du jeton'
            }
        },
        {
            token: `${token}x`,
            because: { en: 'the token has one character too many', fr: 'le jeton a un caractère de trop' }
        },
        { token: '', because: { en: 'no token follows Bearer', fr: 'aucun jeton ne suit Bearer' } }
    ];
}

const onPost: Check<Attempt> = {
    id: 'post-without-token',
    title: { en: 'POST without the token is refused', fr: 'POST sans le jeton est refusé' },
    sends: {
        en: 'POST to an open session without a token, and with a wrong one',
        fr: 'POST à une session ouverte, sans jeton, puis avec un faux'
    },
    expects: { en: 'HTTP 401 for both, and no reply', fr: 'HTTP 401 pour les deux, et aucune réponse' },
    clause: clauses.bearer,
    next: {
        en: 'Guard every route, not only GET /sse: the address of a session must not be enough to use it.',
        fr: "Gardez toutes les routes, pas seulement GET /sse : lire l'adresse d'une session ne doit pas suffire pour s'en servir."
    },
    async run(attempt) {
        const session = await openWithToken(attempt);
        const id = session.freshId();
        const without = {
            en: 'the POST has no token; the session id is not a credential',
            fr: "le POST n'a pas de jeton ; l'identifiant de session ne le remplace pas"
        };
        expectRefusal(attempt, await postPing(attempt, session, {}, id), [401], without);
        const wrong = bearer(attempt.random.word());
        const because = { en: 'the token of the POST is wrong', fr: 'le jeton du POST est faux' };
        expectRefusal(attempt, await postPing(attempt, session, wrong, id), [401], because);
        const sent = attempt.lastSent;
        // The reply to another ping shows that no reply to the refused ones came before it.
        const next = session.freshId();
        await session.post({ id: next, method: 'ping' });
        await session.stream.next(({ data }) => data.includes(String(next)), attempt.limitMs);
        const reply = session.stream.events.find(({ data }) => data.includes(String(id)));
        if (reply) throw attempt.failure({ sent, received: reply.data });
    }
};

/** The bearer token on each route. */
export const token = [opens, required, wrong, onPost];
