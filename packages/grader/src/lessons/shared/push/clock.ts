import type { Attempt } from '../../../attempt.ts';
import { clauses } from '../../../clauses.ts';
import type { McpSession } from '../../../mcp-session.ts';
import type { Unchecked } from '../../../wire/message.ts';
import { showJson } from '../../../wire/show.ts';

export const CLOCK_URI = 'clock://now';
export const UPDATED = 'notifications/resources/updated';

/** Fails unless the server lists the clock. */
export async function findClock(attempt: Attempt, session: McpSession): Promise<void> {
    const reply = await session.request('resources/list', {});
    const resources = Array.isArray(reply.result?.resources) ? reply.result.resources : undefined;
    const uris: string[] | undefined = resources?.map((resource: Unchecked) => resource?.uri);
    if (uris?.includes(CLOCK_URI)) return;
    const known = uris?.join(', ') || '-';
    const received = uris
        ? {
              en: `no resource ${CLOCK_URI}; the resources are: ${known}`,
              fr: `pas de ressource ${CLOCK_URI} ; ressources : ${known}`
          }
        : showJson(reply);
    const expected = { en: `a resource ${CLOCK_URI} in the list`, fr: `une ressource ${CLOCK_URI} dans la liste` };
    throw attempt.failure({ received, expected, clause: clauses.resources });
}

/** Reads the clock; fails unless its text shows a time. */
export async function readClock(attempt: Attempt, session: McpSession): Promise<string> {
    const result = await session.result('resources/read', { uri: CLOCK_URI });
    const [content] = Array.isArray(result?.contents) ? result.contents : [];
    if (content?.uri === CLOCK_URI && /\d\d:\d\d/.test(String(content.text))) return content.text;
    throw attempt.failure({ received: showJson(result) });
}

export const subscribe = (session: McpSession) => change(session, 'resources/subscribe');

export const unsubscribe = (session: McpSession) => change(session, 'resources/unsubscribe');

async function change(session: McpSession, method: string): Promise<void> {
    const schema = method === 'resources/subscribe' ? 'SubscribeRequestSchema' : 'UnsubscribeRequestSchema';
    await session.result(
        method,
        { uri: CLOCK_URI },
        {
            expected: { en: `{} as the result of ${method}`, fr: `{} comme résultat de ${method}` },
            clause: clauses.subscriptions,
            next: {
                en: `Handle ${method}: server.server.setRequestHandler(${schema}, …), and return {}.`,
                fr: `Traitez ${method} : server.server.setRequestHandler(${schema}, …), et renvoyez {}.`
            }
        }
    );
}

/** The updates that a session has received so far, as they came. */
export function updatesOf({ stream }: McpSession): string[] {
    return stream.events.map(({ data }) => data).filter(data => data.includes(`"${UPDATED}"`));
}
