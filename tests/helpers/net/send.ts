import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SendOptions {
    method?: string;
    /** Sent as they are, `Host` and `Origin` included, which `fetch` would not allow. */
    headers?: Record<string, string>;
    body?: string | Uint8Array;
}

export interface HttpAnswer {
    status: number;
    headers: IncomingHttpHeaders;
    body: string;
}

/** Sends one request on a connection of its own and reads the whole answer. */
export function send(url: string | URL, { method = 'GET', headers = {}, body }: SendOptions = {}): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
        const outgoing = request(url, { method, headers, agent: false }, async answer => {
            try {
                resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) });
            } catch (error) {
                reject(error);
            }
        });
        outgoing.on('error', reject);
        outgoing.end(body);
    });
}

/** Sends a text as it is, on a connection of its own, and reads all that comes until the server closes that. */
export function sendRaw(url: string, request: string): Promise<string> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(request);
    return text(socket);
}
