import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../../connection/connection.ts';
import type { Listed } from '../../connection/list-pages.ts';
import { listPrompts, listResources, listResourceTemplates, listTools } from '../../connection/lists.ts';
import type { ServerLists, ValueRequest } from './known.ts';

/** How long Tab waits for the server, in milliseconds. */
const PATIENCE_MS = 500;

/** The server's lists for completion. They are fetched once, and again after each `list_changed`. */
export interface Catalog {
    /** Returns the lists. Waits a short time for those that are being fetched. Never rejects. */
    lists(): Promise<ServerLists>;
    /** Requests the values of an argument; none if the server takes too long. Never rejects. */
    completeValue(request: ValueRequest): Promise<readonly string[]>;
    stop(): void;
}

/** Creates a catalog and starts to fetch the lists. */
export function createCatalog(connection: Connection): Catalog {
    const { client, listen, withSignal } = connection;
    const end = new AbortController();
    const fetching = withSignal(end.signal);
    const { tools, resources, prompts, completions } = client.getServerCapabilities() ?? {};
    const lists = {
        tools: createList(tools && (() => listTools(fetching))),
        resources: createList(resources && (() => listResources(fetching))),
        resourceTemplates: createList(resources && (() => listResourceTemplates(fetching))),
        prompts: createList(prompts && (() => listPrompts(fetching)))
    };
    const stopListening = listen(({ method }) => {
        const [, kind] = /^notifications\/(tools|resources|prompts)\/list_changed$/.exec(method) ?? [];
        if (kind === 'tools' || kind === 'prompts') lists[kind].refresh();
        if (kind !== 'resources') return;
        lists.resources.refresh();
        lists.resourceTemplates.refresh();
    });

    return {
        async lists() {
            const all = [lists.tools, lists.resources, lists.resourceTemplates, lists.prompts];
            await Promise.race([
                Promise.all(all.map(list => list.settled())),
                delay(PATIENCE_MS, undefined, { ref: false })
            ]);
            return {
                tools: lists.tools.items(),
                resources: lists.resources.items(),
                resourceTemplates: lists.resourceTemplates.items(),
                prompts: lists.prompts.items()
            };
        },
        async completeValue({ ref, argument, others }) {
            if (!completions) return [];
            // The abort also cancels the request at the server.
            const { request } = withSignal(AbortSignal.any([end.signal, AbortSignal.timeout(PATIENCE_MS)]));
            const context = Object.keys(others).length > 0 ? { context: { arguments: others } } : {};
            try {
                const { completion } = await request('completion/complete', (sdk, options) =>
                    sdk.complete({ ref, argument, ...context }, options)
                );
                return completion.values;
            } catch {
                return [];
            }
        },
        stop() {
            stopListening();
            end.abort();
        }
    };
}

interface List<Item> {
    refresh(): void;
    /** Resolves when no fetch is in progress; fetches again if the last one failed. Never rejects. */
    settled(): Promise<void>;
    items(): readonly Item[];
}

/** @param fetch undefined if the server does not have this list. */
function createList<Item>(fetch: (() => Promise<Listed<Item>>) | undefined): List<Item> {
    let items: Item[] | undefined;
    let latest: Promise<void> | undefined;
    const refresh = () => {
        if (!fetch) return;
        const own = fetch()
            .then(
                found => {
                    // A later request has the newer list, even if it is answered first.
                    if (latest === own) items = found.items;
                },
                () => {}
            )
            .finally(() => {
                if (latest === own) latest = undefined;
            });
        latest = own;
    };
    refresh();
    return {
        refresh,
        async settled() {
            if (items === undefined && latest === undefined) refresh();
            await latest;
        },
        items: () => items ?? []
    };
}
