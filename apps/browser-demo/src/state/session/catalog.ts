import { type ReadonlySignal, signal } from '@preact/signals';
import { PROMPTS, type PromptDescription } from '../../mcp/features/prompts.ts';
import {
    RESOURCE_TEMPLATES,
    RESOURCES,
    type ResourceDescription,
    type ResourceTemplate
} from '../../mcp/features/resources.ts';
import { TOOLS, type ToolDescription } from '../../mcp/features/tools.ts';
import { isRecord } from '../../mcp/json-rpc.ts';
import type { Request } from '../../mcp/session/mcp-session.ts';
import type { Capabilities } from '../../mcp/session/server-info.ts';
import { createListing, type Listing } from './listing.ts';

/** The lists of a server. */
export interface Catalog {
    /** The capabilities from the last handshake. They stay known while the stream is down. */
    readonly capabilities: ReadonlySignal<Capabilities>;
    readonly tools: ReadonlySignal<Listing<ToolDescription>>;
    readonly resources: ReadonlySignal<Listing<ResourceDescription>>;
    readonly templates: ReadonlySignal<Listing<ResourceTemplate>>;
    readonly prompts: ReadonlySignal<Listing<PromptDescription>>;
}

export interface CatalogStore extends Catalog {
    begin(sessionId: string, capabilities: Capabilities): void;
    /** Refreshes the lists that a notification reports as changed. */
    notice(method: string): void;
    forget(): void;
}

export function createCatalog(request: Request): CatalogStore {
    const tools = createListing(request, 'tools', TOOLS);
    const resources = createListing(request, 'resources', RESOURCES);
    const templates = createListing(request, 'resources', RESOURCE_TEMPLATES);
    const prompts = createListing(request, 'prompts', PROMPTS);
    const known = signal<Capabilities>({});
    const all = [tools, resources, templates, prompts];
    const changes: Readonly<Record<string, readonly { renew(): Promise<void> }[]>> = {
        'notifications/tools/list_changed': [tools],
        'notifications/resources/list_changed': [resources, templates],
        'notifications/prompts/list_changed': [prompts]
    };
    return {
        capabilities: known,
        tools: tools.state,
        resources: resources.state,
        templates: templates.state,
        prompts: prompts.state,
        begin(sessionId, capabilities) {
            known.value = capabilities;
            for (const listing of all) void listing.begin(sessionId, capabilities);
        },
        notice(method) {
            for (const listing of changes[method] ?? []) void listing.renew();
        },
        forget() {
            known.value = {};
            for (const listing of all) listing.forget();
        }
    };
}

/** Whether the server has a capability, or a part of it. */
export function hasCapability({ capabilities }: Catalog, name: string, part?: string): boolean {
    const capability = capabilities.value[name];
    return part === undefined ? capability !== undefined : isRecord(capability) && capability[part] === true;
}
