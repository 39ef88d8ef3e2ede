import type { Attempt } from '../../../attempt.ts';
import type { McpSession } from '../../../mcp-session.ts';
import { updatesOf } from './clock.ts';

/** How many sessions subscribe: with a timer for each session, or for each subscription, so many updates come. */
export const SUBSCRIBED = 5;

/** The updates of all timers come within the first second after the subscription, in milliseconds. */
const LONG_ENOUGH_MS = 1000;

/**
 * Fails if more updates have come than one each second. On a slow machine fewer come, never more.
 *
 * @param start when the session subscribed, in milliseconds.
 */
export async function expectOneEachSecond(attempt: Attempt, session: McpSession, start: number): Promise<void> {
    const elapsedMs = () => Date.now() - start;
    // One more at the begin, if the clock ticks just then, and one for a server that also sends the first at once.
    const areTooMany = () => updatesOf(session).length > elapsedMs() / 1000 + 2;
    if (await session.stream.until(areTooMany, LONG_ENOUGH_MS - elapsedMs())) throw attempt.failure(tooMany);
}

const tooMany = {
    received: {
        en: `several updates a second, with ${SUBSCRIBED} sessions subscribed`,
        fr: `plusieurs mises à jour par seconde, avec ${SUBSCRIBED} sessions abonnées`
    },
    expected: {
        en: 'one update each second in a session, however many sessions there are',
        fr: 'une mise à jour par seconde dans une session, quel que soit le nombre de sessions'
    },
    next: {
        en: 'Start one setInterval for the whole server: outside addClock, which runs for each session, and outside the handlers, which run for each request.',
        fr: "Lancez un seul setInterval pour tout le serveur : hors de addClock, qui s'exécute pour chaque session, et hors des handlers, qui s'exécutent pour chaque requête."
    }
};
