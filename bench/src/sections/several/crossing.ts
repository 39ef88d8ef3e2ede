import type { ServerProcess } from '../../child.ts';
import type { Client } from '../../driver/caller.ts';
import { createPostPool, type PostPool } from '../../driver/http/post-pool.ts';
import { createHttpSession } from '../../driver/http-session.ts';
import { type Open, openClients } from '../../driver/load.ts';
import { openSession } from '../../driver/session.ts';
import { type Lane, SESSIONS } from '../../lanes.ts';
import type { Row } from '../../result.ts';
import { ratios, spread } from '../../statistics.ts';

/** Calls that arrive at the process of their session, and calls that arrive at another one. */
export interface Crossing extends AsyncDisposable {
    sse: Lane;
    sseCrossing: Lane;
    http: Lane;
    httpCrossing: Lane;
}

/** Opens all sessions at the owner; half of them are called through the other process. */
export async function openCrossing(owner: ServerProcess, other: ServerProcess): Promise<Crossing> {
    const poolOfOwner = createPostPool(owner.port);
    const through = (pool: PostPool): PostPool => ({
        ...pool,
        send: (request, toReader) => (request.headers?.['Mcp-Session-Id'] ? pool : poolOfOwner).send(request, toReader)
    });
    const openLane = async (port: number, open: Open<Client>): Promise<Lane> => {
        const clients = await openClients(port, SESSIONS, open);
        const stop = async () => clients[Symbol.dispose]();
        return { server: both(owner, other), clients, perCall: [], rate: [], [Symbol.asyncDispose]: stop };
    };
    const sse = await openLane(owner.port, openSession);
    const sseCrossing = await openLane(other.port, ({ index, pool }) =>
        openSession({ index, pool, streamPort: owner.port })
    );
    const http = await openLane(owner.port, async options => createHttpSession(options));
    const httpCrossing = await openLane(other.port, async ({ index, pool }) =>
        createHttpSession({ index, pool: through(pool) })
    );
    return {
        sse,
        sseCrossing,
        http,
        httpCrossing,
        async [Symbol.asyncDispose]() {
            for (const lane of [sse, sseCrossing, http, httpCrossing]) await lane[Symbol.asyncDispose]();
            poolOfOwner.close();
        }
    };
}

/** What both kinds of calls cost. @param process such as "worker". */
export function toCrossingRows({ sse, sseCrossing, http, httpCrossing }: Crossing, process: string): Row[] {
    return [
        {
            id: 'own',
            what: `CPU for a call that arrives at the ${process} of its session`,
            unit: 'µs',
            figures: { '/sse': spread(sse.perCall), '/mcp': spread(http.perCall) }
        },
        {
            id: 'crossing',
            what: `CPU for a call that arrives at another ${process}`,
            unit: 'µs',
            figures: { '/sse': spread(sseCrossing.perCall), '/mcp': spread(httpCrossing.perCall) }
        },
        {
            id: 'crossing-ratio',
            what: 'the second, the first = 1',
            unit: '×',
            figures: {
                '/sse': spread(ratios(sseCrossing.perCall, sse.perCall)),
                '/mcp': spread(ratios(httpCrossing.perCall, http.perCall))
            }
        }
    ];
}

/** Both processes as one, for their CPU time together. */
function both(owner: ServerProcess, other: ServerProcess): ServerProcess {
    const ask: ServerProcess['ask'] = async (name, push) => {
        const answers = await Promise.all([owner.ask(name, push), other.ask(name, push)]);
        const sum = Number(answers[0]) + Number(answers[1]);
        return sum as (typeof answers)[0];
    };
    return { ...owner, ask };
}
