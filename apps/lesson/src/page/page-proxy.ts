import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import express from 'express';
import { createProxyServer } from 'httpxy';
import { pageFolder } from './build-page.ts';
import { rewriteEndpoint } from './rewrite-endpoint.ts';

export interface PageProxy extends AsyncDisposable {
    origin: string;
}

/**
 * Serves the page, and everything else from the learner's server, on one origin: a server without CORS can be watched.
 * Listens on the loopback interface, and forwards requests to that server only.
 *
 * @param target the origin of the learner's server.
 * @param unreachable what a response says while that server does not answer.
 */
export async function startPageProxy(target: string, port: number, unreachable: string): Promise<PageProxy> {
    const serveFile = express.static(pageFolder, { redirect: false });
    const proxy = createProxyServer({
        target,
        changeOrigin: true,
        selfHandleResponse: true
    });
    const server = createServer((request, response) => {
        const refusal = refuse(request);
        if (refusal) return void response.writeHead(403, { 'Content-Type': 'text/plain' }).end(refusal);
        serveFile(request as express.Request, response as express.Response, () => void forward(request, response));
    });

    /** Another site that finds this port, by its own name for it or by a script, gets nothing. */
    function refuse({ headers: { host = '', origin } }: IncomingMessage): string | undefined {
        if (!isOwn(`http://${host}`)) return 'The Host header must name this page.';
        return origin === undefined || isOwn(origin) ? undefined : 'The Origin header must be that of this page.';
    }

    function isOwn(origin: string): boolean {
        return ['localhost', '127.0.0.1', '[::1]'].some(name => origin === `http://${name}:${port}`);
    }

    async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
        // To the server, a request looks like one of its own origin.
        if (request.headers.origin !== undefined) request.headers.origin = target;
        await proxy.web(request, response).catch(() => {});
    }

    proxy.on('proxyRes', (answer, request, response) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        // A stream shows that it is open before its first event.
        response.flushHeaders();
        const isStream = answer.headers['content-type']?.startsWith('text/event-stream');
        const rewrite = rewriteEndpoint(new URL(target), `http://${request.headers.host}`);
        // Either side may end early; `pipeline` then ends the other.
        if (isStream) pipeline(answer, rewrite, response, () => {});
        else pipeline(answer, response, () => {});
    });
    proxy.on('error', (_error, _request, response) => {
        if (!response || !('writeHead' in response)) return;
        if (response.headersSent) response.destroy();
        else response.writeHead(502, { 'Content-Type': 'text/plain; charset=utf-8' }).end(unreachable);
    });

    await once(server.listen(port, '127.0.0.1'), 'listening');
    return {
        origin: `http://localhost:${port}`,
        async [Symbol.asyncDispose]() {
            server.close();
            server.closeAllConnections();
        }
    };
}
