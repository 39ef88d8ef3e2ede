import { text } from 'node:stream/consumers';
import { type HttpAnswer, send } from '../net/send.ts';
import { type HttpFixture, serveHttp } from '../net/serve-http.ts';

/**
 * Serves the figures of several processes as if they were of one: each process is asked, as monitoring would, and the numbers of
 * their answers are added. An answer other than 200 is that of the first process.
 */
export function serveSums(servers: readonly string[]): Promise<HttpFixture> {
    return serveHttp(async (req, res) => {
        const body = await text(req);
        const options = { method: req.method ?? '', headers: toHeaders(req.rawHeaders), body };
        const answers = await Promise.all(servers.map(url => send(url + req.url, options)));
        const { status, headers } = answers[0] as HttpAnswer;
        const sum = status === 200 && req.method === 'GET' ? add(answers) : answers[0]?.body;
        const { 'transfer-encoding': _encoding, connection: _connection, ...rest } = headers;
        res.writeHead(status, { ...rest, 'content-length': Buffer.byteLength(sum ?? '') }).end(sum);
    });
}

function toHeaders(raw: readonly string[]): Record<string, string> {
    const headers: Record<string, string> = {};
    for (let index = 0; index < raw.length; index += 2) {
        const name = String(raw[index]).toLowerCase();
        if (name !== 'connection') headers[name] = String(raw[index + 1]);
    }
    return headers;
}

function add(answers: readonly HttpAnswer[]): string {
    const bodies = answers.map(({ body }) => body);
    return bodies[0]?.startsWith('{') ? addHealth(bodies) : addMetrics(bodies);
}

function addHealth(bodies: readonly string[]): string {
    const all = bodies.map(body => JSON.parse(body));
    return JSON.stringify({ ...all[0], connections: all.reduce((sum, { connections }) => sum + connections, 0) });
}

/** Adds samples of the same series, in the text format of Prometheus. */
function addMetrics(bodies: readonly string[]): string {
    const sums = new Map<string, number | undefined>();
    for (const line of bodies.join('\n').split('\n')) {
        const [, series, value] = /^([^#].*) (\S+)$/.exec(line) ?? [];
        if (series) sums.set(series, (sums.get(series) ?? 0) + Number(value));
        else sums.set(line, undefined);
    }
    return `${[...sums].map(([line, sum]) => (sum === undefined ? line : `${line} ${sum}`)).join('\n')}\n`;
}
