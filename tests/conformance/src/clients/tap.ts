import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to a server that sees what its clients send, whatever program they are. */
export interface Tap extends AsyncDisposable {
    /** Without a slash at the end. */
    url: string;
    /** The newest `MCP-Protocol-Version` that a client has sent. */
    readonly version: string | undefined;
}

/** Opens a way to the server at `target`. */
export async function openTap(target: string): Promise<Tap> {
    let version: string | undefined;
    const server = createServer((req, res) => {
        const named = req.headers['mcp-protocol-version'];
        if (named) version = String(named);
        const { method, headers, url = '/' } = req;
        const onward = request(new URL(url, target), { method, headers, agent: false }, answer => {
            res.writeHead(answer.statusCode ?? 502, answer.headers);
            // An open stream's headers must not wait for its first event.
            res.flushHeaders();
            answer.pipe(res);
        });
        onward.on('error', () => res.destroy());
        res.on('close', () => onward.destroy());
        req.pipe(onward);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        get version() {
            return version;
        },
        async [Symbol.asyncDispose]() {
            server.close();
            server.closeAllConnections();
            await once(server, 'close');
        }
    };
}
