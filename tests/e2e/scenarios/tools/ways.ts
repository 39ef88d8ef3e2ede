import { stdioMain } from '@calc/test-helpers';
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';

export const CLOCK = 'clock://now';
const info = { name: 'test client', version: '1' };

type Params = { name: string; arguments: Record<string, unknown> };
export type Options = { onprogress?: (progress: unknown) => void; signal?: AbortSignal };

/** What both generations of the SDK's client can do, each in its own words. */
export interface AnyClient extends AsyncDisposable {
    protocolVersion: string | undefined;
    listTools(params?: { cursor: string }): Promise<unknown>;
    listResources(): Promise<unknown>;
    listResourceTemplates(): Promise<unknown>;
    listPrompts(): Promise<unknown>;
    callTool(params: Params, options?: Options): Promise<unknown>;
    readResource(params: { uri: string }): Promise<unknown>;
    getPrompt(params: { name: string; arguments: Record<string, string> }): Promise<unknown>;
    complete(params: {
        ref: { type: 'ref/prompt'; name: string };
        argument: { name: string; value: string };
    }): Promise<unknown>;
    /** Subscribes to the clock; `tell` is called with each update. Returns what ends it. */
    subscribe(tell: (uri: string) => void): Promise<() => Promise<unknown>>;
}

/** Both clients lose progress that they read together with the reply, so it is taken from the transport. */
function tapProgress(transport: object) {
    let onprogress: Options['onprogress'];
    const take: (message: unknown, extra: unknown) => void = Reflect.get(transport, 'onmessage');
    Reflect.set(transport, 'onmessage', (message: { method?: string; params?: unknown }, extra: unknown) => {
        if (message.method === 'notifications/progress') onprogress?.(message.params);
        take(message, extra);
    });
    return (listener: Options['onprogress']) => {
        onprogress = listener;
    };
}

type Alike = Omit<AnyClient, 'protocolVersion' | 'callTool' | 'subscribe' | typeof Symbol.asyncDispose>;

/** What both generations say in the same words. */
function toAlike(client: Alike & { close(): Promise<void> }): Alike & AsyncDisposable {
    return {
        listTools: params => client.listTools(params),
        listResources: () => client.listResources(),
        listResourceTemplates: () => client.listResourceTemplates(),
        listPrompts: () => client.listPrompts(),
        readResource: params => client.readResource(params),
        getPrompt: params => client.getPrompt(params),
        complete: params => client.complete(params),
        [Symbol.asyncDispose]: () => client.close()
    };
}

async function connectFirst(transport: Parameters<Client['connect']>[0]): Promise<AnyClient> {
    const client = new Client(info);
    await client.connect(transport);
    const listen = tapProgress(transport);
    return {
        protocolVersion: Reflect.get(transport, 'protocolVersion') ?? '2025-11-25',
        ...toAlike(client),
        callTool(params, options) {
            listen(options?.onprogress);
            return client.callTool(params, undefined, options && { ...options, onprogress: () => {} });
        },
        async subscribe(tell) {
            client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => tell(params.uri));
            await client.subscribeResource({ uri: CLOCK });
            return () => client.unsubscribeResource({ uri: CLOCK });
        }
    };
}

async function connectSecond(transport: Parameters<ClientV2['connect']>[0], revision: string): Promise<AnyClient> {
    const client = new ClientV2(info, { versionNegotiation: { mode: { pin: revision } } });
    await client.connect(transport);
    const listen = tapProgress(transport);
    return {
        protocolVersion: client.getNegotiatedProtocolVersion(),
        ...toAlike(client),
        callTool(params, options) {
            listen(options?.onprogress);
            return client.callTool(params, options && { ...options, onprogress: () => {} });
        },
        async subscribe(tell) {
            client.setNotificationHandler('notifications/resources/updated', ({ params }) => tell(params.uri));
            const subscription = await client.listen({ resourceSubscriptions: [CLOCK] });
            return () => subscription.close();
        }
    };
}

export interface Way {
    name: string;
    protocolVersion: string;
    /** What `echo` says of the transport. */
    transport: string;
    connect(urls: { sse: URL; mcp: URL }, env: Record<string, string>): Promise<AnyClient>;
}

const stdio = (env: Record<string, string>) => ({ command: process.execPath, args: [stdioMain], env });

export const ways: Way[] = [
    {
        name: 'stdio, 2025-11-25',
        protocolVersion: '2025-11-25',
        transport: 'stdio',
        connect: (_urls, env) => connectFirst(new StdioClientTransport(stdio(env)))
    },
    {
        name: 'stdio, 2026-07-28',
        protocolVersion: '2026-07-28',
        transport: 'stdio',
        connect: (_urls, env) => connectSecond(new StdioV2(stdio(env)), '2026-07-28')
    },
    {
        name: 'HTTP+SSE',
        protocolVersion: '2025-11-25',
        transport: 'sse',
        connect: ({ sse }) => connectFirst(new SSEClientTransport(sse))
    },
    {
        name: 'Streamable HTTP, 2025-11-25',
        protocolVersion: '2025-11-25',
        transport: 'streamable-http',
        connect: ({ mcp }) => connectFirst(new StreamableHTTPClientTransport(mcp))
    },
    {
        name: 'Streamable HTTP, 2026-07-28',
        protocolVersion: '2026-07-28',
        transport: 'streamable-http',
        connect: ({ mcp }) => connectSecond(new HttpV2(mcp), '2026-07-28')
    }
];
