import type { Attempt } from '../../../attempt.ts';
import type { Check } from '../../../check.ts';
import { clauses } from '../../../clauses.ts';
import type { JokeApiAnswer } from '../../../joke-api.ts';
import type { McpSession } from '../../../mcp-session.ts';
import type { Text } from '../../../text.ts';
import { showJson } from '../../../wire/show.ts';
import { callTool, openWithTools, textOf } from '../tools.ts';

const slow = (seconds: number) => ({
    expected: {
        en: `a joke within ${seconds} s, whether the API answers or not`,
        fr: `une blague en ${seconds} s au plus, que l'API réponde ou non`
    },
    next: {
        en: 'Give the request a time limit: fetch(url, { signal: AbortSignal.timeout(1000) }); in catch, return a built-in joke.',
        fr: 'Donnez une limite de temps à la requête : fetch(url, { signal: AbortSignal.timeout(1000) }) ; dans catch, renvoyez une blague intégrée.'
    },
    clause: clauses.tools
});

async function tell(attempt: Attempt, session: McpSession) {
    const reply = await callTool(attempt, session, 'random-joke', {}, slow(attempt.limitMs / 1000));
    return { joke: textOf(reply)?.trim() ?? '', received: showJson(reply.result ?? reply) };
}

/** With a joke API of its own, the check knows the joke; on a server that runs elsewhere, any joke will do. */
export const jokeTold: Check<Attempt> = {
    id: 'joke-told',
    title: { en: '`random-joke` tells a joke', fr: '`random-joke` raconte une blague' },
    sends: { en: 'POST tools/call of random-joke', fr: 'POST tools/call de random-joke' },
    expects: {
        en: 'a content of type "text" with a joke: the one from the address in JOKE_URL',
        fr: `un contenu de type "text" avec une blague : celle de l'adresse donnée par JOKE_URL`
    },
    clause: clauses.tools,
    next: {
        en: 'Fetch process.env.JOKE_URL; the joke is the member `value` of its JSON.',
        fr: 'Appelez process.env.JOKE_URL avec fetch ; la blague est le membre `value` de son JSON.'
    },
    async run(attempt) {
        const { session } = await openWithTools(attempt, 'random-joke');
        const { jokeApi } = attempt;
        if (jokeApi) Object.assign(jokeApi, { answer: 'joke', joke: `Chuck Norris spells ${attempt.random.word()}.` });
        const { joke, received } = await tell(attempt, session);
        if (joke === '') throw attempt.failure({ received });
        if (!jokeApi || joke.includes(jokeApi.joke)) return;
        const expected = `"text":"${jokeApi.joke}"`;
        throw attempt.failure({ received, expected: { en: expected, fr: expected } });
    }
};

const faults: [JokeApiAnswer, Text][] = [
    ['error', { en: 'The joke API answers HTTP 503', fr: "L'API répond HTTP 503" }],
    ['no joke', { en: 'The joke API answers JSON without a joke', fr: "L'API répond un JSON sans blague" }],
    ['nothing', { en: 'The joke API does not answer', fr: "L'API ne répond pas" }]
];

/** A server that runs elsewhere asks an API that the check cannot touch: there, a joke in time is all that can be seen. */
export const jokeFallsBack: Check<Attempt> = {
    id: 'joke-falls-back',
    title: {
        en: '`random-joke` tells a joke when the joke API fails',
        fr: "`random-joke` raconte une blague quand l'API échoue"
    },
    sends: {
        en: 'POST tools/call of random-joke, while the joke API answers an error, JSON without a joke, or nothing',
        fr: "POST tools/call de random-joke, pendant que l'API répond une erreur, un JSON sans blague, ou rien"
    },
    expects: {
        en: 'each time a built-in joke as text, soon, and no error',
        fr: 'chaque fois une blague intégrée comme texte, sans attendre, et aucune erreur'
    },
    clause: clauses.tools,
    next: {
        en: 'Throw if the response is not ok or has no text in `value`; catch every error of the request, and return a built-in joke.',
        fr: "Levez une erreur si la réponse n'est pas ok ou n'a pas de texte dans `value` ; interceptez toute erreur de la requête, et renvoyez une blague intégrée."
    },
    async run(attempt) {
        const { session } = await openWithTools(attempt, 'random-joke');
        const { jokeApi } = attempt;
        const secret = `nothing ${attempt.random.word()}`;
        for (const [answer, fault] of faults) {
            if (jokeApi) Object.assign(jokeApi, { answer, joke: secret });
            const { joke, received } = await tell(attempt, session);
            const isJoke = joke !== '' && !/^(?:undefined|null|\[object Object\])$|<html/i.test(joke);
            if (isJoke && !joke.includes(secret)) continue;
            if (!jokeApi) throw attempt.failure({ received });
            throw attempt.failure({ received: { en: `${fault.en}:\n${received}`, fr: `${fault.fr} :\n${received}` } });
        }
    }
};
