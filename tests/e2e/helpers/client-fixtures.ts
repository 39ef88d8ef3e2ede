import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { startProxy } from '@calc/test-helpers';
import {
    type ConnectionState,
    type ResumingSseOptions,
    ResumingSseTransport,
    SessionKeeper
} from '@calc/transport/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import type { ClientCapabilities } from '@modelcontextprotocol/sdk/types.js';
import express from 'express';
import { z } from 'zod';

/** A clock whose timers fire a hundred times sooner, for servers that ask for two seconds of patience. */
export const hurried: NonNullable<ResumingSseOptions['clock']> = {
    now: () => performance.now() * 100,
    schedule(callback, ms) {
        const timer = setTimeout(callback, ms / 100);
        return () => clearTimeout(timer);
    }
};

/** With that clock, and the patience to let a busy machine take as long as it likes. */
export const patient = { clock: hurried, giveUpAfterMs: 1e7 };

/** The SDK's client on a stream that is kept, and what it was told. */
export async function connectKept(
    sseUrl: string,
    options: ResumingSseOptions = {},
    capabilities: ClientCapabilities = {}
) {
    const states: ConnectionState[] = [];
    const errors: Error[] = [];
    const onState = (state: ConnectionState) => {
        states.push(state);
        options.onState?.(state);
    };
    const inner = new ResumingSseTransport(new URL(sseUrl), { ...options, onState });
    const client = new Client({ name: 'kept client', version: '1' }, { capabilities });
    const transport = new SessionKeeper(inner, options);
    let closes = 0;
    client.onclose = () => closes++;
    client.onerror = error => errors.push(error);
    await client.connect(transport);
    return {
        client,
        transport,
        states,
        errors,
        names: () => states.map(({ name }) => name),
        get closes() {
            return closes;
        },
        [Symbol.asyncDispose]: () => client.close()
    };
}

/** A server on a port of its own, whose connections can be broken. */
export interface HttpFixture extends AsyncDisposable {
    url: string;
    sseUrl: string;
    /** Breaks every connection at once. */
    breakAll(): void;
    /** How many requests are being answered, streams among them. */
    readonly answering: number;
}

export async function serveHttp(
    handle: (req: IncomingMessage, res: ServerResponse) => void,
    port = 0
): Promise<HttpFixture> {
    const sockets = new Set<Socket>();
    let answering = 0;
    const server: Server = createServer((req, res) => {
        answering++;
        res.on('close', () => answering--);
        handle(req, res);
    });
    server.on('connection', socket => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
    });
    await once(server.listen(port, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const breakAll = () => {
        for (const socket of sockets) socket.destroy();
    };
    return {
        url,
        sseUrl: `${url}/sse`,
        breakAll,
        get answering() {
            return answering;
        },
        async [Symbol.asyncDispose]() {
            breakAll();
            await new Promise(resolve => server.close(resolve));
        }
    };
}

/** Calls of which the first begins and is not answered. */
export function holdFirst() {
    const begun = createGate();
    let calls = 0;
    const onCall = async () => {
        if (++calls > 1) return;
        begun.open();
        await new Promise(() => {});
    };
    return { begun: begun.opened, onCall };
}

/** A proxy that cuts the stream of HTTP+SSE in the middle of what comes down next, when it is told to. */
export async function startCutting(target: string) {
    let isCutting = false;
    const proxy = await startProxy(target, ({ length }, { requestLine }) => {
        if (!isCutting || !requestLine.startsWith('GET /sse')) return length;
        isCutting = false;
        return Math.floor(length / 2);
    });
    const cut = () => {
        isCutting = true;
    };
    return { ...proxy, cut };
}

/** A promise, and what settles it. */
export function createGate() {
    let open = () => {};
    const opened = new Promise<void>(resolve => {
        open = resolve;
    });
    return { opened, open };
}

export interface ForgetfulOptions {
    /** Tells of each call that begins; it answers when the promise settles. */
    onCall?: (tool: string, call: number) => Promise<void> | void;
    /** What the server asks the client in each call, if anything. */
    elicits?: boolean;
}

/**
 * The server of every tutorial: the SDK's SSEServerTransport on Express. Its events have no ids, and a client that comes
 * back finds a new session. `look` may be called twice and says so, `count` says nothing of the kind.
 */
export async function serveForgetful({ onCall, elicits }: ForgetfulOptions = {}) {
    const runs: string[] = [];
    const sessions = new Map<string, SSEServerTransport>();
    const app = express();
    const createServer = () => {
        const server = new McpServer({ name: 'forgetful', version: '1' }, { capabilities: { logging: {} } });
        const inputSchema = { call: z.number() };
        for (const [name, annotations] of [
            ['look', { readOnlyHint: true }],
            ['count', {}]
        ] as const) {
            server.registerTool(name, { inputSchema, annotations }, async ({ call }) => {
                runs.push(`${name} ${call}`);
                await onCall?.(name, call);
                if (!elicits) return { content: [{ type: 'text', text: `${call}` }] };
                const requestedSchema = { type: 'object' as const, properties: {} };
                const { action } = await server.server.elicitInput({ message: `run ${runs.length}`, requestedSchema });
                return { content: [{ type: 'text', text: action }] };
            });
        }
        return server;
    };
    app.get('/sse', async (_req, res) => {
        const transport = new SSEServerTransport('/messages', res);
        sessions.set(transport.sessionId, transport);
        res.on('close', () => sessions.delete(transport.sessionId));
        await createServer().connect(transport);
    });
    app.post('/messages', async (req, res) => {
        const transport = sessions.get(String(req.query.sessionId));
        if (transport) await transport.handlePostMessage(req, res);
        else res.status(404).send('Session not found');
    });
    const fixture = await serveHttp(app);
    return Object.assign(fixture, { runs, sessions });
}
