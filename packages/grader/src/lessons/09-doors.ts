import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';
import { clauses } from '../clauses.ts';
import type { Answer } from '../wire/request.ts';
import { showAnswer } from '../wire/show.ts';
import { browser } from './doors/browser.ts';
import { bearer, expectHeader, openWithToken, postPing, tokenOf } from './doors/door.ts';
import { login } from './doors/login.ts';
import { token } from './doors/token.ts';

/** A limit above this protects too little, in requests. */
const MAX_REQUESTS = 400;
/** Requests at the same time. */
const BATCH = 25;

const rate: Check<Attempt> = {
    id: 'rate-limited',
    title: { en: 'A client that sends too much gets 429', fr: 'Un client qui envoie trop reçoit 429' },
    sends: {
        en: `POST ping with the right token, up to ${MAX_REQUESTS} times as fast as possible`,
        fr: `POST ping avec le bon jeton, jusqu'à ${MAX_REQUESTS} fois, aussi vite que possible`
    },
    expects: {
        en: 'from some request on, HTTP 429 with the header Retry-After',
        fr: "à partir d'une requête, HTTP 429 avec l'en-tête Retry-After"
    },
    clause: clauses.tooManyRequests,
    next: {
        en: 'Before the routes, add app.use(rateLimit({ windowMs: 10_000, limit: 200 })) of express-rate-limit.',
        fr: "Avant les routes, ajoutez app.use(rateLimit({ windowMs: 10_000, limit: 200 })) d'express-rate-limit."
    },
    async run(attempt) {
        const session = await openWithToken(attempt);
        const key = bearer(tokenOf(attempt));
        let refused: Answer | undefined;
        for (let sent = 0; sent < MAX_REQUESTS && !refused; sent += BATCH) {
            const batch = Array.from({ length: BATCH }, () => postPing(attempt, session, key));
            refused = (await Promise.all(batch)).find(({ status }) => status !== 202);
        }
        const sent = `POST ${session.endpoint.pathname}, ping, again and again`;
        if (!refused) {
            throw attempt.failure({
                sent,
                received: { en: `HTTP 202, ${MAX_REQUESTS} times`, fr: `HTTP 202, ${MAX_REQUESTS} fois` }
            });
        }
        if (refused.status !== 429) throw attempt.failure({ sent, received: showAnswer(refused) });
        expectHeader(attempt, refused, 'retry-after', value => value !== '', { sent });
    }
};

/** The doors of a server: each refuses, and the right key opens. */
export const doors = [...token, ...browser, ...login, rate];
