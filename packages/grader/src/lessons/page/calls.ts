import { nothingFor } from '../../attempt.ts';
import type { Check } from '../../check.ts';
import { clauses } from '../../clauses.ts';
import type { PageAttempt } from '../../page/page-attempt.ts';
import { expectResult, openReady, randomSum, rejectFaults, showPage, submit, submitAndWait } from './open-page.ts';

const entersNumbers = {
    en: 'enters two numbers into the form and presses its button',
    fr: 'saisit deux nombres dans le formulaire et presse son bouton'
};

const sendsNumbers: Check<PageAttempt> = {
    id: 'page-sends-numbers',
    title: {
        en: 'The form calls `add` with numbers, not with text',
        fr: 'Le formulaire appelle `add` avec des nombres, pas avec du texte'
    },
    sends: entersNumbers,
    expects: { en: 'tools/call of add', fr: 'tools/call de add' },
    clause: clauses.tools,
    next: {
        en: 'The value of an input is text, and its valueAsNumber is a number. Call event.preventDefault(), or the browser leaves the page.',
        fr: "La propriété value d'un champ est du texte, valueAsNumber est un nombre. Appelez event.preventDefault(), sinon le navigateur quitte la page."
    },
    async run(attempt) {
        const sum = randomSum(attempt);
        const { name, args } = await submitAndWait(attempt, await openReady(attempt), sum);
        if (name !== 'add' || args.a !== sum.a || args.b !== sum.b) {
            const line = `"name":"add","arguments":{"a":${sum.a},"b":${sum.b}}`;
            const received = `"name":${JSON.stringify(name)},"arguments":${JSON.stringify(args)}`;
            throw attempt.failure({ received, expected: { en: line, fr: line } });
        }
    }
};

/** Submits the form, and expects the text of the reply. */
async function submitAndExpect(attempt: PageAttempt, script: { repliesFirst: boolean }): Promise<void> {
    const sum = randomSum(attempt);
    const opened = await openReady(attempt, { ...script, onCall: call => call.answer(sum.text) });
    await submit(attempt, opened, sum);
    await expectResult(attempt, opened, { index: 0, text: sum.text });
}

const shows: Check<PageAttempt> = {
    id: 'page-shows-result',
    title: { en: 'The page shows the text of the reply', fr: 'La page montre le texte de la réponse' },
    sends: { en: 'the reply to tools/call, on the stream', fr: 'la réponse à tools/call, sur le flux' },
    expects: { en: 'the text of the result in #results', fr: 'le texte du résultat dans #results' },
    clause: clauses.tools,
    next: {
        en: 'Show what the server answered: result.content[0].text of the reply whose id is that of the request.',
        fr: "Montrez ce que le serveur a répondu : result.content[0].text de la réponse dont l'id est celui de la requête."
    },
    run: attempt => submitAndExpect(attempt, { repliesFirst: false })
};

const freshId = {
    en: 'an id that no request before it had',
    fr: "un id qu'aucune requête précédente n'avait"
};

const matches: Check<PageAttempt> = {
    id: 'page-matches-ids',
    title: { en: 'Two calls at once get their own replies', fr: 'Deux appels à la fois reçoivent chacun leur réponse' },
    sends: {
        en: 'the replies to two calls, the second first',
        fr: 'les réponses à deux appels, la seconde en premier'
    },
    expects: { en: 'each reply in the entry of its call', fr: "chaque réponse dans l'entrée de son appel" },
    clause: clauses.jsonRpc,
    next: {
        en: 'Give each request an id of its own, keep what waits for it in a Map, and look there for the id of each reply.',
        fr: "Donnez à chaque requête son propre id, gardez dans une Map ce qui l'attend, et cherchez-y l'id de chaque réponse."
    },
    async run(attempt) {
        const sums = [randomSum(attempt), randomSum(attempt)] as const;
        const opened = await openReady(attempt);
        const calls = [];
        for (const sum of sums) calls.push(await submitAndWait(attempt, opened, sum));
        rejectFaults(attempt, opened, { 'id-again': { expected: freshId } });
        calls[1]?.answer(sums[1].text);
        await expectResult(attempt, opened, { index: 1, text: sums[1].text });
        calls[0]?.answer(sums[0].text);
        await expectResult(attempt, opened, { index: 0, text: sums[0].text });
    }
};

const early: Check<PageAttempt> = {
    id: 'page-takes-early-reply',
    title: {
        en: 'A reply that comes before the 202 is not lost',
        fr: "Une réponse qui arrive avant le 202 n'est pas perdue"
    },
    sends: {
        en: 'the reply on the stream, and only then 202 for the POST',
        fr: 'la réponse sur le flux, et ensuite seulement 202 pour le POST'
    },
    expects: { en: 'the text of the result in #results', fr: 'le texte du résultat dans #results' },
    clause: clauses.httpWithSse,
    next: {
        en: 'Put the id into the Map before fetch: stream and POST are two connections, and either can be faster.',
        fr: "Mettez l'id dans la Map avant fetch : flux et POST sont deux connexions, et chacune peut être la plus rapide."
    },
    run: attempt => submitAndExpect(attempt, { repliesFirst: true })
};

const others: Check<PageAttempt> = {
    id: 'page-ignores-other-messages',
    title: {
        en: 'A message of the server that is not a reply is not taken for one',
        fr: "Un message du serveur qui n'est pas une réponse n'est pas pris pour une"
    },
    sends: {
        en: 'a notification, a ping whose id is that of the call, then the reply',
        fr: "une notification, un ping dont l'id est celui de l'appel, puis la réponse"
    },
    expects: { en: 'the text of the reply in #results', fr: 'le texte de la réponse dans #results' },
    clause: clauses.jsonRpc,
    next: {
        en: 'A message with `method` is a notification or a request, whose ids are those of the server: look for `method` first.',
        fr: "Un message avec `method` est une notification ou une requête, dont les id sont ceux du serveur : regardez d'abord `method`."
    },
    async run(attempt) {
        const sum = randomSum(attempt);
        const opened = await openReady(attempt, {
            onCall(call) {
                call.session.send({ method: 'notifications/message', params: { level: 'info', data: 'adding' } });
                call.session.send({ id: call.id, method: 'ping' });
                call.answer(sum.text);
            }
        });
        await submit(attempt, opened, sum);
        await expectResult(attempt, opened, { index: 0, text: sum.text });
        if (opened.errors.length > 0) throw attempt.failure({ received: await showPage(opened) });
    }
};

const pong: Check<PageAttempt> = {
    id: 'page-answers-ping',
    title: { en: 'The page answers a ping of the server', fr: 'La page répond à un ping du serveur' },
    sends: { en: 'the request ping, on the stream', fr: 'la requête ping, sur le flux' },
    expects: {
        en: 'a POST to the endpoint with the id of the ping and an empty result',
        fr: "un POST à l'endpoint avec l'id du ping et un résultat vide"
    },
    clause: clauses.ping,
    next: {
        en: "In the listener of `message`: if message.method is 'ping', post({ id: message.id, result: {} }).",
        fr: "Dans l'écouteur de `message` : si message.method est 'ping', post({ id: message.id, result: {} })."
    },
    async run(attempt) {
        const opened = await openReady(attempt);
        const { server } = opened;
        const id = attempt.random.word();
        const [session] = server.sessions;
        const answer = () => session?.messages.find(message => message.id === id);
        // Until then the page is busy with requests of its own, one of which a failure would show.
        await server.until(() => session?.has('tools/list') ?? false, attempt.limitMs);
        session?.send({ id, method: 'ping' });
        const expected = pongTo(id);
        if (!(await server.until(() => answer() !== undefined, attempt.limitMs))) {
            const received = nothingFor(attempt.limitMs, await showPage(opened));
            throw attempt.failure({ received, expected }, 'timeout');
        }
        const { result } = answer() ?? {};
        // Members that a client adds are allowed.
        if (typeof result !== 'object' || result === null) {
            throw attempt.failure({ received: server.seen.at(-1) ?? '', expected });
        }
    }
};

const pongTo = (id: string) => ({
    en: `"id":"${id}","result":{} in a POST: the id is that of the ping`,
    fr: `"id":"${id}","result":{} dans un POST : l'id est celui du ping`
});

const error: Check<PageAttempt> = {
    id: 'page-shows-error',
    title: { en: 'An error of the tool is marked as an error', fr: "Une erreur de l'outil est signalée comme erreur" },
    sends: { en: 'a result with "isError":true', fr: 'un résultat avec "isError":true' },
    expects: { en: 'an <li class="error"> with its text', fr: 'un <li class="error"> avec son texte' },
    clause: clauses.tools,
    next: {
        en: "If result.isError is true, add the class: item.classList.add('error').",
        fr: "Si result.isError est vrai, ajoutez la classe : item.classList.add('error')."
    },
    async run(attempt) {
        const sum = randomSum(attempt);
        const opened = await openReady(attempt, { onCall: call => call.fail(`no: ${sum.text}`) });
        await submit(attempt, opened, sum);
        await expectResult(attempt, opened, { index: 0, text: sum.text });
        try {
            await opened.page.locator('#results li.error').waitFor();
        } catch {
            const received = await opened.page.locator('#results').innerHTML();
            throw attempt.failure({ received });
        }
    }
};

/** What the page does with calls, their replies and other messages of the server. */
export const calls = [sendsNumbers, shows, matches, early, others, pong, error];
