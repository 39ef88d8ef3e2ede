import { nothingFor } from '../../attempt.ts';
import type { FailureDetails } from '../../check.ts';
import type { OpenPage, PageAttempt } from '../../page/page-attempt.ts';
import type { Fault, Script } from '../../scripted-server/script.ts';
import type { ToolCall } from '../../scripted-server/scripted-session.ts';
import type { Text } from '../../text.ts';
import { randomAddresses } from '../shared/addresses.ts';

const number = { type: 'number' };

/** The tool that the page calls. Its results are random: a page that adds by itself shows another. */
const add = {
    name: 'add',
    description: 'Adds two numbers.',
    inputSchema: { type: 'object', properties: { a: number, b: number }, required: ['a', 'b'] }
};

/** Opens the page behind a random path. By default the server answers no call. */
export async function openPage(attempt: PageAttempt, script: Partial<Script> = {}): Promise<OpenPage> {
    const { random } = attempt;
    const addresses = randomAddresses(random);
    const tools = [add];
    return await attempt.open(`/${random.word()}/`, { ...addresses, tools, onCall() {}, ...script });
}

/** Opens the page, and waits until it has initialized its session. */
export async function openReady(attempt: PageAttempt, script: Partial<Script> = {}): Promise<OpenPage> {
    const opened = await openPage(attempt, script);
    const { server } = opened;
    const isReady = await server.until(
        () => server.sessions[0]?.has('notifications/initialized') ?? false,
        attempt.limitMs
    );
    if (!isReady) throw attempt.failure({ received: nothingFor(attempt.limitMs, await showPage(opened)) }, 'timeout');
    return opened;
}

/** Two numbers, and the text that the server answers to them. */
export interface Sum {
    a: number;
    b: number;
    text: string;
}

export function randomSum({ random }: PageAttempt): Sum {
    return {
        a: random.integer(1, 9999),
        b: random.integer(10_000, 99_999),
        text: String(random.integer(100_000, 999_999))
    };
}

/** Enters the numbers into the form and presses its button. */
export async function submit(attempt: PageAttempt, opened: OpenPage, { a, b }: Sum): Promise<void> {
    try {
        await opened.page.fill('#add input[name=a]', String(a));
        await opened.page.fill('#add input[name=b]', String(b));
        await opened.page.click('#add button');
    } catch {
        const expected = {
            en: 'a form #add with the fields a and b and a button',
            fr: 'un formulaire #add avec les champs a et b et un bouton'
        };
        throw attempt.failure({ received: await showPage(opened), expected });
    }
}

/** Submits the form and waits for the call; fails if none comes. */
export async function submitAndWait(attempt: PageAttempt, opened: OpenPage, sum: Sum): Promise<ToolCall> {
    const { server } = opened;
    const before = server.calls.length;
    await submit(attempt, opened, sum);
    await server.until(() => server.calls.length > before, attempt.limitMs);
    const call = server.calls[before];
    if (!call) throw attempt.failure({ received: nothingFor(attempt.limitMs, await showPage(opened)) }, 'timeout');
    return call;
}

const reloaded = {
    expected: {
        en: 'the same page: the browser has left it to submit the form',
        fr: "la même page : le navigateur l'a quittée pour envoyer le formulaire"
    },
    next: {
        en: 'Call event.preventDefault() first in the listener of submit.',
        fr: "Appelez d'abord event.preventDefault() dans l'écouteur de submit."
    }
};

/**
 * Waits until an entry of the results contains the text.
 *
 * @param index of the entry, in the order of the calls.
 */
export async function expectResult(
    attempt: PageAttempt,
    opened: OpenPage,
    { index, text }: { index: number; text: string }
): Promise<void> {
    const entry = opened.page.locator('#results li').nth(index).filter({ hasText: text });
    try {
        await entry.waitFor();
    } catch {
        if (opened.wasReloaded()) throw attempt.failure({ received: await showPage(opened), ...reloaded });
        const place = index + 1;
        const expected: Text = {
            en: `"${text}" in entry ${place} of #results`,
            fr: `« ${text} » dans l'entrée ${place} de #results`
        };
        throw attempt.failure({ received: await showPage(opened), expected });
    }
}

/** Fails if the server has seen one of these faults; says of each what the check does not say by itself. */
export function rejectFaults(
    attempt: PageAttempt,
    { server }: OpenPage,
    faults: Partial<Record<Fault['kind'], Partial<FailureDetails>>>
): void {
    for (const { kind, request } of server.faults) {
        const details = faults[kind];
        if (details) throw attempt.failure({ received: request, ...details });
    }
}

/** The last request, what the page shows in a list, and the errors of its scripts. */
export async function showPage({ page, server, errors }: OpenPage, list = '#results'): Promise<Text> {
    const entries = await page.locator(`${list} li`).allInnerTexts();
    const last = server.seen.at(-1);
    const show = (none: string, error: string) =>
        [
            last ?? none,
            ...(server.notFound.length > 0 ? [`GET ${server.notFound[0]}: 404`] : []),
            ...(entries.length > 0 ? [`${list}: ${entries.map(entry => JSON.stringify(entry)).join(', ')}`] : []),
            ...(errors[0] ? [`${error}: ${errors[0]}`] : [])
        ].join('\n');
    return {
        en: show('no request to the server', 'error on the page'),
        fr: show('aucune requête au serveur', 'erreur dans la page')
    };
}
