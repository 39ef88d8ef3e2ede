import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { json } from 'node:stream/consumers';
import { createServers, createStateless, type Stateless, type StatelessLimits } from '@calc/sse-server';
import { send } from '@calc/test-helpers';
import { type CallReport, type Clock, createEnvironment, type Environment } from '@calc/tools';
import { defaultLimits, inTurn, parseMessage } from '@calc/transport/server';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

export const REVISION = '2026-07-28';

/** The stateless side of the server alone, on node's own HTTP server. */
export interface StatelessFixture extends AsyncDisposable {
    url: URL;
    stateless: Stateless;
    /** How many listen to the clock. */
    readonly listeners: number;
    /** Ticks for those. */
    tick(): void;
    reports: CallReport[];
    errors: Error[];
    warnings: string[];
    refusals: string[];
}

export async function startStateless(
    limits: Partial<StatelessLimits> = {},
    overrides: Partial<Environment> = {}
): Promise<StatelessFixture> {
    const listeners = new Set<() => void>();
    const clock: Clock = {
        subscribe(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        }
    };
    const reports: CallReport[] = [];
    const errors: Error[] = [];
    const warnings: string[] = [];
    const refusals: string[] = [];
    const environment = createEnvironment({ warn: message => warnings.push(message), ...overrides });
    const servers = createServers({ environment, clock, onCall: report => reports.push(report) }, defaultLimits);
    const stateless = createStateless({
        createServer: servers.forRequest,
        clock,
        clientOf: ({ headers }) => String(headers['x-client']),
        limits: { maxExchanges: 100, maxSubscriptions: 100, heartbeatMs: 15_000, ...limits },
        rejected: reason => refusals.push(reason),
        onError: error => errors.push(error)
    });
    const server = createServer(
        inTurn(async (req, res) => {
            const body = await json(req);
            stateless.handle(req, res, body, parseMessage(body));
        })
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return {
        url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`),
        stateless,
        get listeners() {
            return listeners.size;
        },
        tick: () => {
            for (const listener of listeners) listener();
        },
        reports,
        errors,
        warnings,
        refusals,
        async [Symbol.asyncDispose]() {
            await stateless.drain(0);
            server.close();
            server.closeAllConnections();
            await once(server, 'close');
        }
    };
}

/** The SDK's client of the second generation, which speaks 2026-07-28 and nothing else. */
export async function connectStateless(url: URL): Promise<Client & AsyncDisposable> {
    const client = new Client(
        { name: 'test client', version: '1' },
        { versionNegotiation: { mode: { pin: REVISION } } }
    );
    await client.connect(new StreamableHTTPClientTransport(url));
    return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}

/** The envelope that every request brings. */
export const envelope = {
    'io.modelcontextprotocol/protocolVersion': REVISION,
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {}
};

export const toRequest = (method: string, params: object = {}, id: number | string = 1) => ({
    jsonrpc: '2.0',
    id,
    method,
    params: { ...params, _meta: envelope }
});

export const toHeaders = (method: string, name?: string): Record<string, string> => ({
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    'MCP-Protocol-Version': REVISION,
    'Mcp-Method': method,
    ...(name !== undefined && { 'Mcp-Name': name })
});

/** Posts a request as it is; headers that are undefined are left out. */
export async function post(url: URL, body: object, headers: Record<string, string | undefined>) {
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    const answer = await send(url, {
        method: 'POST',
        headers: sent as Record<string, string>,
        body: JSON.stringify(body)
    });
    return { ...answer, json: answer.body.startsWith('{') ? JSON.parse(answer.body) : undefined };
}

export const CLOCK = 'clock://now';
export const add = toRequest('tools/call', { name: 'add', arguments: { a: 2, b: 3 } });
export const addHeaders = toHeaders('tools/call', 'add');
export const listen = toRequest('subscriptions/listen', { notifications: { resourceSubscriptions: [CLOCK] } });

/** Opens a connection and pipelines requests on it; the caller reads the answers. */
export function openConnection(url: URL, ...requests: [body: object, headers: Record<string, string>][]): Socket {
    const socket = connect(Number(url.port), url.hostname).on('error', () => {});
    for (const [body, headers] of requests) {
        const text = JSON.stringify(body);
        const lines = Object.entries({ ...headers, Host: url.host, 'Content-Length': String(Buffer.byteLength(text)) });
        socket.write(
            `POST /mcp HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`
        );
    }
    return socket;
}
