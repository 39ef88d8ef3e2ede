import { nothingFor } from '../../attempt.ts';
import type { Check } from '../../check.ts';
import { clauses } from '../../clauses.ts';
import type { PageAttempt } from '../../page/page-attempt.ts';
import { expectResult, openReady, randomSum, showPage, submit, submitAndWait } from './open-page.ts';

const again: Check<PageAttempt> = {
    id: 'page-initializes-again',
    title: {
        en: 'After a dropped stream the page initializes the new session',
        fr: 'Après un flux coupé, la page initialise la nouvelle session'
    },
    sends: {
        en: 'drops the stream; EventSource connects again and gets another `endpoint`',
        fr: 'coupe le flux ; EventSource se reconnecte et reçoit un autre `endpoint`'
    },
    expects: {
        en: 'initialize and notifications/initialized to the new address, then calls to it',
        fr: 'initialize et notifications/initialized à la nouvelle adresse, puis les appels'
    },
    clause: clauses.lifecycle,
    next: {
        en: 'Do all of it in the listener of `endpoint`, each time: take the new address, then initialize.',
        fr: "Faites tout dans l'écouteur de `endpoint`, à chaque fois : prenez la nouvelle adresse, puis initialisez."
    },
    async run(attempt) {
        const sum = randomSum(attempt);
        const opened = await openReady(attempt, { retryMs: 1, onCall: call => call.answer(sum.text) });
        const { server } = opened;
        const [first] = server.sessions;
        first?.drop();
        await server.until(() => server.sessions[1]?.has('notifications/initialized') ?? false, attempt.limitMs);
        if (!server.sessions[1]?.has('notifications/initialized')) {
            throw attempt.failure({ received: nothingFor(attempt.limitMs, await showPage(opened)) }, 'timeout');
        }
        const { session } = await submitAndWait(attempt, opened, sum);
        if (session === first) throw attempt.failure({ received: await showPage(opened) });
        await expectResult(attempt, opened, { index: 0, text: sum.text });
    }
};

const endsPending: Check<PageAttempt> = {
    id: 'page-ends-pending',
    title: {
        en: 'A call whose stream drops ends as an error',
        fr: 'Un appel dont le flux est coupé se termine en erreur'
    },
    sends: {
        en: 'drops the stream while a call is open, and replies to it nowhere',
        fr: "coupe le flux pendant un appel, et n'y répond nulle part"
    },
    expects: {
        en: 'an <li class="error"> in #results: the reply would have come on the old stream',
        fr: 'un <li class="error"> dans #results : la réponse serait venue par l\'ancien flux'
    },
    clause: clauses.httpWithSse,
    next: {
        en: 'In the listener of `error`, end what waits in the Map as an error, and empty the Map: pending.clear().',
        fr: "Dans l'écouteur de `error`, terminez en erreur ce qui attend dans la Map, puis videz-la : pending.clear()."
    },
    async run(attempt) {
        const opened = await openReady(attempt, { retryMs: 1, onCall: call => call.session.drop() });
        await submit(attempt, opened, randomSum(attempt));
        try {
            await opened.page.locator('#results li.error').waitFor();
        } catch {
            throw attempt.failure({ received: nothingFor(attempt.limitMs, await showPage(opened)) }, 'timeout');
        }
    }
};

/** What the page does when the stream drops. */
export const drops = [again, endsPending];
