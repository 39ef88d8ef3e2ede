import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../../connection/connection.ts';
import { type ListName, type Lists, listAll } from '../../connection/lists.ts';
import type { ValueRequest } from './known.ts';

/** How long Tab waits for the server, in milliseconds. */
const PATIENCE_MS = 500;

/** Creates a catalog of the server's lists for completion. They are fetched now, and again after each `list_changed`. */
export function createCatalog({ client, listen, withSignal }: Connection) {
    const end = new AbortController();
    const fetching = withSignal(end.signal);
    const { tools, resources, prompts, completions } = client.getServerCapabilities() ?? {};
    const announced: ListName[] = [];
    if (tools) announced.push('tools');
    if (resources) announced.push('resources', 'resourceTemplates');
    if (prompts) announced.push('prompts');
    const found: Lists = { tools: [], resources: [], resourceTemplates: [], prompts: [] };
    const missing = new Set(announced);
    /** The latest fetch of each list, until it ends. */
    const fetches = new Map<ListName, Promise<void>>();
    const refresh = <Name extends ListName>(name: Name) => {
        const latest = listAll(fetching, name)
            .then(({ items }) => {
                // A later request has the newer list, even if it is answered first.
                if (fetches.get(name) !== latest) return;
                Object.assign(found, { [name]: items });
                missing.delete(name);
            })
            .catch(() => {})
            .finally(() => {
                if (fetches.get(name) === latest) fetches.delete(name);
            });
        fetches.set(name, latest);
    };
    for (const name of announced) refresh(name);
    const stopListening = listen(({ method }) => {
        const [, changed] = /^notifications\/(tools|resources|prompts)\/list_changed$/.exec(method) ?? [];
        for (const name of announced) {
            if (name === changed || (name === 'resourceTemplates' && changed === 'resources')) refresh(name);
        }
    });

    return {
        /** Returns the lists. Waits a short time for those that are being fetched; fetches again those that failed. */
        async lists(): Promise<Lists> {
            for (const name of missing) if (!fetches.has(name)) refresh(name);
            await Promise.race([Promise.all(fetches.values()), delay(PATIENCE_MS, undefined, { ref: false })]);
            return { ...found };
        },
        /** Requests the values of an argument; none if the server takes too long. Never rejects. */
        async completeValue({ ref, argument, others }: ValueRequest): Promise<readonly string[]> {
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
