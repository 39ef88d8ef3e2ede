import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { openStream, startServer, type TestServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { describe, expect } from 'vitest';

/** What Node does by itself takes longer than a test may: a minute for headers, five for a body. */
const LIMIT_MS = 300;
const limited = { REQUEST_TIMEOUT_MS: String(LIMIT_MS) };
const TIMED_OUT = /^HTTP\/1\.1 408 Request Timeout\r\nConnection: close\r\n/i;

const open = ({ url }: TestServer): Socket => connect(Number(new URL(url).port), '127.0.0.1');

/** What a server says to a sender of that, and when it hung up, in milliseconds. With `drip` a byte more and more. */
async function sendUnfinished(server: TestServer, bytes: string, drip?: string) {
    const start = performance.now();
    const socket = open(server);
    // A server that hangs up on someone who sends may reset the connection.
    socket.on('error', () => {});
    socket.write(bytes);
    const tap = drip === undefined ? undefined : setInterval(() => socket.write(drip), LIMIT_MS / 10);
    try {
        let said = '';
        socket.setEncoding('utf8').on('data', chunk => {
            said += chunk;
        });
        await new Promise(resolve => socket.once('close', resolve));
        return { said, ms: performance.now() - start };
    } finally {
        clearInterval(tap);
        socket.destroy();
    }
}

const post = (sessionId: string) =>
    `POST /messages?sessionId=${sessionId} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;

// They wait for the server, and not for each other.
describe.concurrent('time limits', () => {
    proves(
        ['life.time-limits'],
        'a request that never ends is answered with 408 and disconnected, a stream is not',
        async () => {
            await using server = await startServer({ ...limited, HEARTBEAT_MS: '20' });
            await using stream = await openStream(server.sseUrl);
            const unfinished = {
                'not a byte': sendUnfinished(server, ''),
                'headers that stop': sendUnfinished(server, 'GET /sse HTTP/1.1\r\nHost: localhost\r\n'),
                'headers that drip': sendUnfinished(server, 'GET /sse HTTP/1.1\r\nHost: localhost\r\nX-Long: ', 'x'),
                'a body that stops': sendUnfinished(
                    server,
                    `${post(stream.sessionId)}Content-Length: 100\r\n\r\n{"jsonrpc"`
                ),
                'a body that drips': sendUnfinished(
                    server,
                    `${post(stream.sessionId)}Content-Length: 100\r\n\r\n{`,
                    ' '
                ),
                'chunks that stop': sendUnfinished(
                    server,
                    `${post(stream.sessionId)}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`
                ),
                'a sign-in that stops': sendUnfinished(
                    server,
                    'POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{'
                )
            };
            for (const [what, ended] of Object.entries(unfinished)) {
                const { said, ms } = await ended;
                expect(said, what).toMatch(TIMED_OUT);
                expect(ms, what).toBeGreaterThanOrEqual(LIMIT_MS);
            }
            // Another such time later the stream, whose request was whole at once, is still there.
            const isOld = () => stream.frames.filter(({ kind }) => kind === 'comment').length > (2 * LIMIT_MS) / 20;
            await stream.find(isOld);
            expect(await stream.request(1, 'ping')).toMatchObject({ id: 1 });
        }
    );

    proves(['life.time-limits'], 'a client that continues to send after the answer is disconnected', async () => {
        await using server = await startServer({ ...limited, MCP_AUTH_TOKEN: 'sesame', MAX_MESSAGE_BYTES: '1024' });
        await using stream = await openStream(server.sseUrl, { Authorization: 'Bearer sesame' });
        const authorized = `${post(stream.sessionId)}Authorization: Bearer sesame\r\n`;
        const answered = {
            413: sendUnfinished(server, `${authorized}Content-Length: 9999\r\n\r\n{`, ' '),
            401: sendUnfinished(server, `${post(stream.sessionId)}Content-Length: 9999\r\n\r\n{`, ' ')
        };
        for (const [status, ended] of Object.entries(answered)) {
            const { said } = await ended;
            expect(said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
        }
    });

    proves(['life.keep-alive'], 'an idle connection is closed after KEEP_ALIVE_MS', async () => {
        const ask = 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n';
        const keep = async (keepAliveMs: number) => {
            await using server = await startServer({ KEEP_ALIVE_MS: String(keepAliveMs) });
            const socket = open(server);
            socket.write(ask);
            await once(socket, 'readable');
            // Another request in time is answered on the same connection.
            if (keepAliveMs > 0) socket.write(ask);
            const answered = performance.now();
            const said = await text(socket);
            return { answers: said.match(/HTTP\/1\.1 200 OK/g)?.length, ms: performance.now() - answered };
        };
        const [atOnce, later] = await Promise.all([keep(0), keep(300)]);
        expect([atOnce.answers, later.answers]).toEqual([1, 2]);
        expect(later.ms).toBeGreaterThanOrEqual(300);
    });
});
