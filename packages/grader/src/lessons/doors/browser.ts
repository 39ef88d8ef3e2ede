import type { Attempt } from '../../attempt.ts';
import type { Check } from '../../check.ts';
import { clauses } from '../../clauses.ts';
import type { Text } from '../../text.ts';
import type { Answer } from '../../wire/request.ts';
import { showAnswer } from '../../wire/show.ts';
import {
    ALLOWED_ORIGIN,
    bearer,
    expectHeader,
    expectOpen,
    expectRefusal,
    FORBIDDEN,
    getStream,
    openWithToken,
    postPing,
    tokenOf
} from './door.ts';

const isForeignHost = (name: string): Text => ({
    en: `${name} is not a name of this server`,
    fr: `${name} n'est pas un nom de ce serveur`
});

const isForeignOrigin = (name: string): Text => ({
    en: `${name} is not ${ALLOWED_ORIGIN}`,
    fr: `${name} n'est pas ${ALLOWED_ORIGIN}`
});

const host: Check<Attempt> = {
    id: 'host-checked',
    title: { en: 'A foreign Host is refused', fr: 'Un Host étranger est refusé' },
    sends: {
        en: 'GET /sse and POST with the right token, and the name of another machine as Host',
        fr: "GET /sse et POST avec le bon jeton, et le nom d'une autre machine comme Host"
    },
    expects: { en: 'HTTP 403 for each', fr: 'HTTP 403 pour chacun' },
    clause: clauses.sseSecurity,
    next: {
        en: 'Before all routes, compare the whole host name (req.hostname) with a list: localhost and 127.0.0.1.',
        fr: 'Avant toutes les routes, comparez le nom complet (req.hostname) à une liste : localhost et 127.0.0.1.'
    },
    async run(attempt) {
        const session = await openWithToken(attempt);
        const key = bearer(tokenOf(attempt));
        const word = attempt.random.word();
        const { port } = attempt.url;
        const names = [`${word}.example`, `localhost.${word}.example`, `127.0.0.1.${word}.example`];
        for (const Host of [...names, `${word}-localhost:${port}`]) {
            expectRefusal(attempt, await getStream(attempt, { ...key, Host }), FORBIDDEN, isForeignHost(Host));
        }
        const Host = `${word}.example`;
        expectRefusal(attempt, await postPing(attempt, session, { ...key, Host }), FORBIDDEN, isForeignHost(Host));
    }
};

const origin: Check<Attempt> = {
    id: 'origin-checked',
    title: { en: 'A foreign Origin is refused', fr: 'Une Origin étrangère est refusée' },
    sends: {
        en: `GET /sse and POST with the right token, and another Origin than ${ALLOWED_ORIGIN}`,
        fr: `GET /sse et POST avec le bon jeton, et une autre Origin que ${ALLOWED_ORIGIN}`
    },
    expects: { en: 'HTTP 403 for each', fr: 'HTTP 403 pour chacune' },
    clause: clauses.sseSecurity,
    next: {
        en: `If a request has the header Origin, compare all of it with ${ALLOWED_ORIGIN}. Requests without it come from no web page.`,
        fr: `Si une requête a l'en-tête Origin, comparez-le en entier à ${ALLOWED_ORIGIN}. Sans cet en-tête, elle ne vient pas d'une page web.`
    },
    async run(attempt) {
        const session = await openWithToken(attempt);
        const key = bearer(tokenOf(attempt));
        const word = attempt.random.word();
        const similar = [`${ALLOWED_ORIGIN}.${word}.example`, `${ALLOWED_ORIGIN}0`, `http://${word}.localhost:5173`];
        for (const Origin of [`https://${word}.example`, ...similar, 'null']) {
            expectRefusal(attempt, await getStream(attempt, { ...key, Origin }), FORBIDDEN, isForeignOrigin(Origin));
        }
        const Origin = `https://${word}.example`;
        expectRefusal(
            attempt,
            await postPing(attempt, session, { ...key, Origin }),
            FORBIDDEN,
            isForeignOrigin(Origin)
        );
    }
};

const cors: Check<Attempt> = {
    id: 'cors-one-origin',
    title: {
        en: 'Pages of one origin may read the responses',
        fr: "Les pages d'une seule origine lisent les réponses"
    },
    sends: {
        en: `preflights and GET /sse from ${ALLOWED_ORIGIN} and from another origin`,
        fr: `des requêtes préliminaires et GET /sse de ${ALLOWED_ORIGIN} et d'une autre origine`
    },
    expects: {
        en: `Access-Control-Allow-Origin: ${ALLOWED_ORIGIN} for that origin, and no such header for another`,
        fr: `Access-Control-Allow-Origin: ${ALLOWED_ORIGIN} pour cette origine, et pas cet en-tête pour une autre`
    },
    clause: clauses.cors,
    next: {
        en: 'Where you check Origin, set Access-Control-Allow-Origin to the allowed one, and answer OPTIONS with 204 and Access-Control-Allow-Headers.',
        fr: "Là où vous vérifiez Origin, mettez l'origine permise dans Access-Control-Allow-Origin, et répondez à OPTIONS par 204 et Access-Control-Allow-Headers."
    },
    async run(attempt) {
        const session = await openWithToken(attempt);
        const stream = await getStream(attempt, { ...bearer(tokenOf(attempt)), Origin: ALLOWED_ORIGIN });
        expectOpen(attempt, stream, {
            expected: {
                en: `HTTP 200: pages of ${ALLOWED_ORIGIN} may use this server`,
                fr: `HTTP 200 : les pages de ${ALLOWED_ORIGIN} peuvent utiliser ce serveur`
            },
            clause: cors.clause,
            next: {
                en: `Refuse only other origins than ${ALLOWED_ORIGIN}, which has no slash at its end.`,
                fr: `Ne refusez que les origines autres que ${ALLOWED_ORIGIN}, sans barre oblique à la fin.`
            }
        });
        expectHeader(attempt, stream, 'access-control-allow-origin', value => value === ALLOWED_ORIGIN);
        const allowed = await preflight(attempt, session.endpoint, ALLOWED_ORIGIN);
        if (allowed.status < 200 || allowed.status > 299) {
            const expected = {
                en: 'HTTP 204: a preflight asks what is allowed, and browsers send it without any credential',
                fr: "HTTP 204 : une requête préliminaire demande ce qui est permis, et le navigateur l'envoie sans identifiant secret"
            };
            const passedOrigin = allowed.headers['access-control-allow-origin'] !== undefined;
            const next = allowed.status === 401 && (passedOrigin ? preflightContinues : tokenStandsFirst);
            throw attempt.failure({ received: showAnswer(allowed), expected, ...(next && { next }) });
        }
        expectHeader(attempt, allowed, 'access-control-allow-origin', value => value === ALLOWED_ORIGIN);
        for (const name of ['authorization', 'content-type']) {
            const expected = {
                en: `Access-Control-Allow-Headers with ${name}: browsers send no header that it does not list`,
                fr: `Access-Control-Allow-Headers avec ${name} : le navigateur n'envoie aucun en-tête qui n'y est pas`
            };
            const lists = (value: string) =>
                value
                    .toLowerCase()
                    .split(/\s*,\s*/)
                    .includes(name);
            expectHeader(attempt, allowed, 'access-control-allow-headers', lists, { expected });
        }
        const foreign = `https://${attempt.random.word()}.example`;
        const refused = await preflight(attempt, session.endpoint, foreign);
        const none = {
            en: `no Access-Control-Allow-Origin for ${foreign}`,
            fr: `pas d'Access-Control-Allow-Origin pour ${foreign}`
        };
        expectHeader(attempt, refused, 'access-control-allow-origin', value => !['*', foreign].includes(value), {
            expected: none
        });
    }
};

/** The door of the token has refused a preflight that the door of Origin has never seen. */
const tokenStandsFirst: Text = {
    en: 'Put the app.use() that checks Origin before the one that asks for the token: app.use() runs in the order of the code.',
    fr: "Placez l'app.use() qui vérifie Origin avant celui qui demande le jeton : les app.use() s'exécutent dans l'ordre du code."
};

/** The door of Origin has passed a preflight on to the door of the token. */
const preflightContinues: Text = {
    en: 'Where you check Origin, end OPTIONS with 204 and Access-Control-Allow-Headers. Do not call next(): it leads to the door of the token.',
    fr: "Là où vous vérifiez Origin, terminez OPTIONS par 204 et Access-Control-Allow-Headers. N'appelez pas next() : la porte du jeton suit."
};

async function preflight(attempt: Attempt, url: URL, origin: string): Promise<Answer> {
    return await attempt.send(url, {
        method: 'OPTIONS',
        headers: {
            'Access-Control-Request-Method': 'POST',
            'Access-Control-Request-Headers': 'authorization,content-type',
            Origin: origin
        }
    });
}

/** What protects from web pages that are not ours. */
export const browser = [host, origin, cors];
