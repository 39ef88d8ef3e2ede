import { type Attempt, nothingFor } from '../attempt.ts';
import type { Check } from '../check.ts';
import { clauses } from '../clauses.ts';
import { type McpSession, openReady, openSession } from '../mcp-session.ts';
import { showJson } from '../wire/show.ts';
import { askUntil } from './shared/ask-until.ts';
import { CLOCK_URI, findClock, readClock, subscribe, UPDATED, unsubscribe, updatesOf } from './shared/push/clock.ts';
import { promptFilled } from './shared/push/prompt.ts';
import { expectOneEachSecond, SUBSCRIBED } from './shared/push/update-rate.ts';

const read: Check<Attempt> = {
    id: 'clock-read',
    title: { en: 'The resource `clock://now` can be read', fr: 'La ressource `clock://now` peut être lue' },
    sends: {
        en: 'POST resources/list, then resources/read of clock://now until the text changes',
        fr: "POST resources/list, puis resources/read de clock://now jusqu'à ce que le texte change"
    },
    expects: {
        en: '{"contents":[{"uri":"clock://now","text":"…"}]} with the time now',
        fr: `{"contents":[{"uri":"clock://now","text":"…"}]} avec l'heure actuelle`
    },
    clause: clauses.resources,
    next: {
        en: "Register the resource with registerResource('clock', 'clock://now', …); its function returns the time of the call.",
        fr: "Enregistrez la ressource avec registerResource('clock', 'clock://now', …) ; sa fonction renvoie l'heure de l'appel."
    },
    async run(attempt) {
        const session = await openReady(attempt);
        await findClock(attempt, session);
        const first = await readClock(attempt, session);
        const sent = attempt.lastSent;
        const last = await askUntil(
            attempt,
            () => readClock(attempt, session),
            text => text !== first
        );
        if (last === first) {
            const received = nothingFor(attempt.limitMs, `"text":"${first}"`);
            throw attempt.timeout({ sent, received, ...unchanged });
        }
    }
};

const unchanged = {
    expected: { en: 'another time after a second', fr: 'une autre heure après une seconde' },
    next: {
        en: 'Ask for the time inside the function of the resource, which runs at each read.',
        fr: "Demandez l'heure dans la fonction de la ressource, qui s'exécute à chaque lecture."
    }
};

const offered: Check<Attempt> = {
    id: 'subscribe-offered',
    title: {
        en: '`initialize` offers subscriptions',
        fr: '`initialize` propose les abonnements'
    },
    sends: { en: 'POST initialize', fr: 'POST initialize' },
    expects: {
        en: '"capabilities":{"resources":{"subscribe":true}}',
        fr: '"capabilities":{"resources":{"subscribe":true}}'
    },
    clause: clauses.subscriptions,
    next: {
        en: 'Register the capability before the server connects: server.server.registerCapabilities({ resources: { subscribe: true } }).',
        fr: 'Déclarez la capacité avant de connecter le serveur : server.server.registerCapabilities({ resources: { subscribe: true } }).'
    },
    async run(attempt) {
        const session = await openSession(attempt);
        const { capabilities } = (await session.initialize()) ?? {};
        if (capabilities?.resources?.subscribe !== true) throw attempt.failure({ received: showJson(capabilities) });
    }
};

const unasked: Check<Attempt> = {
    id: 'update-unasked',
    title: {
        en: 'After a subscription, updates arrive without being asked for',
        fr: 'Après un abonnement, des mises à jour arrivent sans être demandées'
    },
    sends: {
        en: 'POST resources/subscribe to clock://now in several sessions, and nothing more',
        fr: 'POST resources/subscribe à clock://now dans plusieurs sessions, et rien de plus'
    },
    expects: {
        en: 'each second notifications/resources/updated with {"uri":"clock://now"} on the stream of this session',
        fr: 'chaque seconde notifications/resources/updated avec {"uri":"clock://now"} sur le flux de cette session'
    },
    clause: clauses.subscriptions,
    next: {
        en: 'At each tick, call server.server.sendResourceUpdated({ uri }) for each session that has subscribed.',
        fr: 'À chaque tic, appelez server.server.sendResourceUpdated({ uri }) pour chaque session abonnée.'
    },
    async run(attempt) {
        const other = await openReady(attempt);
        for (let left = SUBSCRIBED - 1; left > 0; left -= 1) await subscribe(await openReady(attempt));
        const session = await openReady(attempt);
        const start = Date.now();
        await subscribe(session);
        await nextUpdate(attempt, session);
        await nextUpdate(attempt, session);
        await expectOneEachSecond(attempt, session, start);
        // The reply to a ping comes after all that was sent before it.
        await other.request('ping');
        const [unwanted] = updatesOf(other);
        if (unwanted !== undefined) throw attempt.failure({ received: unwanted, ...notSubscribed });
    }
};

/** Waits for an update, and fails unless it comes and is about the clock. */
async function nextUpdate(attempt: Attempt, session: McpSession): Promise<void> {
    const before = session.stream.events.length;
    const update = await session.notification(UPDATED);
    if (update?.params?.uri === CLOCK_URI && !('id' in update)) return;
    if (update) throw attempt.failure({ received: showJson(update) });
    const came = session.stream.events.slice(before).map(({ data }) => data);
    throw attempt.timeout({ received: nothingFor(attempt.limitMs, came.length > 0 ? came.join('\n') : undefined) });
}

const notSubscribed = {
    expected: {
        en: 'no update on the stream of a session that has not subscribed',
        fr: "aucune mise à jour sur le flux d'une session sans abonnement"
    },
    next: {
        en: 'Send updates only to the sessions that have called resources/subscribe.',
        fr: "N'envoyez de mises à jour qu'aux sessions qui ont appelé resources/subscribe."
    }
};

const ends: Check<Attempt> = {
    id: 'stops-at-end',
    title: {
        en: 'A session that ends takes its subscription with it',
        fr: 'Une session qui se termine emporte son abonnement'
    },
    sends: {
        en: 'two sessions POST resources/subscribe; the first closes its stream without unsubscribing',
        fr: 'deux sessions envoient resources/subscribe ; la première ferme son flux sans se désabonner'
    },
    expects: {
        en: 'the server sends nothing to the closed stream, and the second session continues to work',
        fr: "le serveur n'envoie rien au flux fermé, et la seconde session continue de fonctionner"
    },
    clause: clauses.subscriptions,
    next: {
        en: 'Do in server.server.onclose what resources/unsubscribe does: a send to a closed stream throws.',
        fr: 'Faites dans server.server.onclose ce que fait resources/unsubscribe : envoyer à un flux fermé lève une erreur.'
    },
    get ifEnded() {
        return { expected: this.expects, next: this.next };
    },
    async run(attempt) {
        const [first, second] = await subscribeTwo(attempt);
        const printed = attempt.process?.output.length ?? 0;
        first.close();
        const update = await second.notification(UPDATED);
        if (!update && !second.stream.ended)
            throw attempt.timeout({ received: nothingFor(attempt.limitMs), ...othersToo });
        await second.request('ping');
        const complaint = attempt.process?.output.slice(printed) ?? '';
        if (/not connected|after end|closed/i.test(complaint)) throw attempt.failure({ received: late });
    }
};

const late = {
    en: 'an update to the session that has ended',
    fr: 'une mise à jour pour la session terminée'
};

const othersToo = {
    expected: {
        en: 'the second session, which is still subscribed, receives its updates',
        fr: 'la seconde session, toujours abonnée, reçoit ses mises à jour'
    },
    next: {
        en: 'Remove only what this session added. Keep it in the function that creates its server, not in a variable of the module.',
        fr: 'Ne retirez que ce que cette session avait ajouté. Gardez-le dans la fonction qui crée son serveur, et non dans une variable du module.'
    }
};

async function subscribeTwo(attempt: Attempt): Promise<[McpSession, McpSession]> {
    const first = await openSession(attempt);
    const second = await openSession(attempt);
    for (const session of [first, second]) {
        await session.initialize();
        await subscribe(session);
    }
    return [first, second];
}

const stops: Check<Attempt> = {
    id: 'stops-when-asked',
    title: {
        en: 'Updates stop after `resources/unsubscribe`, for this session only',
        fr: 'Les mises à jour cessent après `resources/unsubscribe`, pour cette session seulement'
    },
    sends: {
        en: 'two sessions POST resources/subscribe; the first POSTs resources/unsubscribe',
        fr: 'deux sessions envoient resources/subscribe ; la première envoie resources/unsubscribe'
    },
    expects: {
        en: 'no more updates for the first session',
        fr: 'plus de mises à jour pour la première session'
    },
    clause: clauses.subscriptions,
    next: {
        en: 'Handle UnsubscribeRequestSchema: remove what resources/subscribe added for this session.',
        fr: 'Traitez UnsubscribeRequestSchema : retirez ce que resources/subscribe avait ajouté pour cette session.'
    },
    async run(attempt) {
        const [first, second] = await subscribeTwo(attempt);
        await unsubscribe(first);
        const before = updatesOf(first).length;
        const update = await second.notification(UPDATED);
        if (!update) throw attempt.timeout({ received: nothingFor(attempt.limitMs), ...othersToo });
        // In every tick the first session comes before the second.
        await first.request('ping');
        const late = updatesOf(first)[before];
        if (late !== undefined) throw attempt.failure({ received: late });
    }
};

/** Resources, prompts, push: an update arrives unasked, and stops when asked. */
export const push = [read, promptFilled, offered, unasked, ends, stops];
