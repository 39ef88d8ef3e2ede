import { once } from 'node:events';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Exchange, Exchanges } from './exchanges.ts';
import { type BufferedBody, readBody } from './read-body.ts';
import type { Routing, Upstream } from './routing.ts';

/** A load balancer in front of the servers. */
export interface Balancer extends AsyncDisposable {
    /** Without a slash at the end. */
    readonly url: string;
    readonly exchanges: Exchanges;
    /** Requests that each process got. */
    readonly counts: number[];
}

const POLL_MS = 500;
const POLL_LIMIT_MS = 1500;
const FAILURES_UNTIL_DOWN = 2;

/**
 * A load balancer as nginx and HAProxy are used: it chooses a process for each request; it tries another one if the
 * connection is refused, or if a GET breaks before it is answered; a POST that breaks is answered with 502. It asks each
 * process for /health. One that does not answer twice leaves the rotation, and its clients are disconnected (`on-marked-down
 * shutdown-sessions` of HAProxy).
 */
export async function startBalancer(upstreams: readonly Upstream[], routing: Routing): Promise<Balancer> {
    const down = new Set<number>();
    const failed = new Map<number, number>();
    const counts = upstreams.map(() => 0);
    const exchanges = new Exchanges();

    async function serve(req: IncomingMessage, res: ServerResponse) {
        const body = await readBody(req);
        if (!body) return;
        const live = upstreams.filter(({ index, port }) => port !== undefined && !down.has(index));
        const candidates = routing.choose(req, live.length > 0 ? live : upstreams);
        for (const upstream of candidates) {
            if ((await forward(req, body, res, upstream)) === 'done') return;
        }
        if (!res.headersSent) res.writeHead(502).end();
    }

    /** Settles with `refused` if another process may be tried. */
    function forward(req: IncomingMessage, body: BufferedBody, res: ServerResponse, upstream: Upstream) {
        const { port, index } = upstream;
        if (port === undefined) return Promise.resolve('refused' as const);
        counts[index] = (counts[index] ?? 0) + 1;
        return new Promise<'done' | 'refused'>(resolve => {
            const headers: OutgoingHttpHeaders = { ...req.headers, connection: 'close' };
            const onward = request({
                host: '127.0.0.1',
                port,
                method: req.method,
                path: req.url,
                headers,
                agent: false
            });
            const exchange = exchanges.add(upstream.index, req, res, onward);
            onward.on('response', answer => {
                routing.learn(req, answer, upstream);
                pass(answer, res, exchange);
                resolve('done');
            });
            onward.on('error', error => {
                exchanges.delete(exchange);
                const wasRefused = Reflect.get(error, 'code') === 'ECONNREFUSED';
                if (wasRefused) down.add(index);
                const mayTryAgain = !res.headersSent && !exchange.isShut && (wasRefused || req.method === 'GET');
                if (mayTryAgain) return resolve('refused');
                if (res.headersSent || exchange.isShut) res.destroy();
                else res.writeHead(502).end();
                resolve('done');
            });
            res.on('close', () => {
                if (!exchange.isShut) onward.destroy();
            });
            onward.end(body.bytes);
        });
    }

    function pass(answer: IncomingMessage, res: ServerResponse, exchange: Exchange) {
        exchanges.answer(exchange, String(answer.headers['content-type']).startsWith('text/event-stream'));
        if (!exchange.isShut) {
            res.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'X-Upstream': exchange.upstream });
            res.flushHeaders();
        }
        answer.on('data', (chunk: Buffer) => {
            if (exchange.isShut) return void exchange.late.push({ at: performance.now(), bytes: chunk });
            if (!exchange.isCut) return res.write(chunk);
            // Broken in the middle of an event, as a network would.
            res.write(chunk.subarray(0, chunk.length / 2), () => res.destroy());
        });
        answer.on('end', () => {
            exchanges.delete(exchange);
            if (!exchange.isShut) res.end();
        });
        answer.on('error', () => {
            exchanges.delete(exchange);
            res.destroy();
        });
    }

    async function poll({ index, port }: Upstream) {
        if (port === undefined) return void down.add(index);
        const signal = AbortSignal.timeout(POLL_LIMIT_MS);
        const isHealthy = await fetch(`http://127.0.0.1:${port}/health`, { signal }).then(
            async answer => {
                await answer.body?.cancel();
                return answer.ok;
            },
            () => false
        );
        const failures = isHealthy ? 0 : (failed.get(index) ?? 0) + 1;
        failed.set(index, failures);
        if (failures === 0) down.delete(index);
        if (failures < FAILURES_UNTIL_DOWN) return;
        down.add(index);
        exchanges.shut(index);
    }

    const server = createServer((req, res) => void serve(req, res));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const busy = new Set<number>();
    const timer = setInterval(() => {
        for (const upstream of upstreams) {
            if (busy.has(upstream.index)) continue;
            busy.add(upstream.index);
            void poll(upstream).finally(() => busy.delete(upstream.index));
        }
    }, POLL_MS);
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        exchanges,
        counts,
        async [Symbol.asyncDispose]() {
            clearInterval(timer);
            server.close();
            server.closeAllConnections();
            exchanges.destroy();
            await once(server, 'close');
        }
    };
}
