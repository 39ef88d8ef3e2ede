import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to a server that can break, close, and refuse streams. It sees which sessions its clients use. */
export interface Gate extends AsyncDisposable {
    /** Without a slash at the end. */
    url: string;
    /** The sessions of POSTs, oldest first. */
    readonly sessions: Set<string>;
    /** Number of `initialize` requests. */
    readonly initializations: number;
    /** Number of GETs that got 503. */
    readonly refused: number;
    /** Whether a GET gets 503. */
    isUnavailable: boolean;
    /** Breaks all connections. Until `open` is called, new ones are closed at once, as if the server were down. */
    shut(): void;
    /** Serves new connections again: requests go to these servers in turn. */
    open(targets: readonly string[]): void;
    /** Breaks all connections; new ones are served. */
    breakAll(): void;
}

const UNAVAILABLE = { 'Retry-After': '1' };

/** Opens a way to the server at `target`. */
export async function openGate(target: string): Promise<Gate> {
    let current: readonly string[] = [target];
    let turn = 0;
    const sessions = new Set<string>();
    let initializations = 0;
    let refused = 0;
    const server = createServer((req, res) => {
        const { method, headers, url = '/' } = req;
        if (method === 'GET' && gate.isUnavailable) {
            refused++;
            res.writeHead(503, UNAVAILABLE).end();
            return;
        }
        if (method === 'POST') {
            const session = headers['mcp-session-id'] ?? new URL(url, target).searchParams.get('sessionId');
            if (session) sessions.add(String(session));
            req.on('data', chunk => {
                if (String(chunk).includes('"initialize"')) initializations++;
            });
        }
        const onward = request(
            new URL(url, current[turn++ % current.length]),
            { method, headers, agent: false },
            answer => {
                res.writeHead(answer.statusCode ?? 502, answer.headers);
                // An open stream's headers must not wait for its first event.
                res.flushHeaders();
                answer.on('error', () => res.destroy());
                answer.pipe(res);
            }
        );
        onward.on('error', () => res.destroy());
        res.on('close', () => onward.destroy());
        req.pipe(onward);
    });
    server.on('connection', socket => {
        if (current.length === 0) socket.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const gate: Gate = {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        sessions,
        get initializations() {
            return initializations;
        },
        get refused() {
            return refused;
        },
        isUnavailable: false,
        shut() {
            current = [];
            server.closeAllConnections();
        },
        open(next) {
            current = next;
        },
        breakAll: () => server.closeAllConnections(),
        async [Symbol.asyncDispose]() {
            server.close();
            server.closeAllConnections();
            await once(server, 'close');
        }
    };
    return gate;
}
