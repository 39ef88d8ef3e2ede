import { once } from 'node:events';
import { existsSync, ReadStream, readdirSync, readlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { openStream, runNode, send, sendRaw, serverMain, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect, onTestFinished, test, vi } from 'vitest';

// What attackers try that no client does, as it goes over the wire.

/** What this process has open, and so the server in it. */
const DESCRIPTORS = '/proc/self/fd';

/** Opens a connection, sends the text as it is, and leaves the answers unread. */
async function sendUnread(url: string, request: string): Promise<Socket> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(request);
    return socket;
}

const statusesIn = (answers: string) =>
    [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

test.skipIf(!existsSync(DESCRIPTORS))('requests for files that are sent ahead leave none open', async () => {
    await using server = await startServer();
    const { script, greedy } = await askForMuch(server.url);
    greedy.destroy();
    // The system opens one file after the other, so that all of the above are open by now or never will be.
    expect((await send(server.url + script)).status).toBe(200);
    await expect.poll(openPageFiles).toBe(0);
});

test('a client that does not read its answer is disconnected, a silent stream is not', async () => {
    await using server = await startServer({ REQUEST_TIMEOUT_MS: '100', HEARTBEAT_MS: '1000' });
    const { greedy } = await askForMuch(server.url);
    await using stream = await openStream(server.sseUrl);
    await stream.find(frame => frame.kind === 'comment');
    // It reads now, too late.
    expect(statusesIn(await text(greedy)).length).toBeLessThan(100);
    expect(await stream.request(1, 'ping')).toMatchObject({ id: 1 });
});

proves(['http.pipelining'], 'a pipelined stream does not disable the time limit of the answers before it', async () => {
    await using server = await startServer({ REQUEST_TIMEOUT_MS: '100', HEARTBEAT_MS: '1000' });
    const { greedy } = await askForMuch(server.url, 'GET /sse HTTP/1.1\r\nHost: localhost\r\n\r\n', 80);
    await using stream = await openStream(server.sseUrl);
    await stream.find(frame => frame.kind === 'comment');
    // The client reads now, after the limit, and only what the network had taken before.
    const answers = await text(greedy);
    expect(statusesIn(answers).length).toBeLessThan(80);
    expect(/^content-type: text.event-stream/im.test(answers)).toBe(false);
});

/** Asks for more than the network between takes by itself, 6 MB, and reads none of it; settles when it has begun. */
async function askForMuch(url: string, after = '', times = 100): Promise<{ script: string; greedy: Socket }> {
    const script = await findScript(url);
    const request = `GET ${script}.map HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    const greedy = await sendUnread(url, request.repeat(times) + after);
    await once(greedy, 'readable');
    return { script, greedy };
}

/** The path of the page's script; next to it is its map, which is larger than what is read at once. */
async function findScript(url: string): Promise<string> {
    const [, script = ''] = /<script[^>]+src="\.?([^"]+)"/.exec((await send(`${url}/`)).body) ?? [];
    expect(script).toMatch(/^\/assets\//);
    return script;
}

function openPageFiles(): number {
    return readdirSync(DESCRIPTORS).filter(name => isPageFile(`${DESCRIPTORS}/${name}`)).length;
}

function isPageFile(descriptor: string): boolean {
    try {
        return readlinkSync(descriptor).includes('/browser-demo/dist/');
    } catch {
        // Closed while the folder was read.
        return false;
    }
}

test('an error while a file is read ends its own connection only', async () => {
    await using server = await startServer();
    const map = `${server.url}${await findScript(server.url)}.map`;
    const { _read: read } = ReadStream.prototype;
    let reads = 0;
    vi.spyOn(ReadStream.prototype, '_read').mockImplementation(function (this: ReadStream, size) {
        if (++reads === 2) this.destroy(new Error('EIO'));
        else read.call(this, size);
    });
    onTestFinished(() => void vi.restoreAllMocks());
    await expect(send(map)).rejects.toThrow('aborted');
    expect((await send(map)).status).toBe(200);
});

proves(
    ['http.pipelining'],
    'a connection with too many pipelined requests is closed, and others are served',
    async () => {
        await using server = await startServer();
        await using other = await openStream(server.sseUrl);
        const greedy = await sendUnread(server.url, 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(1_000));
        expect(statusesIn(await text(greedy)).length).toBeLessThan(1_000);
        expect(await other.request(1, 'ping')).toMatchObject({ id: 1 });
    }
);

proves(['http.pipelining'], 'a client can pipeline some requests, and gets all answers in order', async () => {
    await using server = await startServer();
    const paths = Array.from({ length: 30 }, (_unused, index) => (index % 2 === 0 ? '/health' : '/'));
    const requests = paths.map(path => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    const last = 'GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    const answers = await sendRaw(server.url, requests.join('') + last);
    expect(statusesIn(answers)).toEqual([...paths.map(() => 200), 404]);
    expect(answers.match(/"status":"ok"/g)).toHaveLength(15);
    expect(answers.match(/<!doctype html>/gi)).toHaveLength(15);
});

test('a request that two parsers could read differently is refused, and the rest of the connection is not read', async () => {
    await using server = await startServer();
    const ambiguous = {
        'two lengths': 'Content-Length: 4\r\nContent-Length: 5\r\n',
        'a length and chunks': 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n',
        'an unknown encoding': 'Transfer-Encoding: xchunked\r\n',
        'chunks not last': 'Transfer-Encoding: chunked, identity\r\n',
        'a length with a sign': 'Content-Length: +4\r\n',
        'a space before the colon': 'Content-Length : 4\r\n',
        'a folded line': 'X-Folded: a\r\n b\r\n',
        'a line feed alone': 'X-Feed: a\nContent-Length: 0\r\n'
    };
    for (const [what, headers] of Object.entries(ambiguous)) {
        const hidden = '0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n';
        const answers = await sendRaw(
            server.url,
            `POST /messages HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n${hidden}`
        );
        expect(statusesIn(answers), what).toEqual([400]);
    }
});

test('a redirect to HTTPS leads to the same host for any request target', async () => {
    await using server = await startServer({ REQUIRE_HTTPS: 'true', TRUST_PROXY: '1' });
    const ask = async (target: string) => {
        const forwarded = 'X-Forwarded-Proto: http\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n';
        const answer = await sendRaw(server.url, `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${forwarded}\r\n`);
        return [...statusesIn(answer), /^location: (.*)\r$/im.exec(answer)?.[1]];
    };
    expect(await ask('/x?y')).toEqual([308, 'https://localhost/x?y']);
    expect(await ask('//evil.example/')).toEqual([308, 'https://localhost//evil.example/']);
    expect(await ask('x://@evil.example/')).toEqual([308, 'https://localhost/']);
    expect(await ask('http://evil.example/')).toEqual([308, 'https://localhost/']);
});

test('Strict-Transport-Security covers this host and not its subdomains', async () => {
    await using server = await startServer({ REQUIRE_HTTPS: 'true', TRUST_PROXY: '1' });
    const { headers } = await send(`${server.url}/`, { headers: { 'X-Forwarded-Proto': 'https' } });
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
});

test('cookies and tokens such as __proto__ are unknown', async () => {
    await using server = await startServer({ MCP_AUTH_TOKEN: 'sesame' });
    for (const name of ['__proto__', 'constructor', 'toString', '%E0%A4%A', '']) {
        for (const headers of [
            { Cookie: `calc_sign_in=${name}` },
            { Cookie: `${name}=x` },
            { Authorization: `Bearer ${name}` }
        ]) {
            expect((await send(server.sseUrl, { headers })).status, JSON.stringify(headers)).toBe(401);
        }
    }
});

test('a line of the log is one short line for any id and name in a request', async () => {
    await using server = runNode(serverMain, [], { PORT: '0', LOG_FORMAT: 'json' });
    const [, sseUrl] = await server.printed(/^HTTP\+SSE +(\S+)$/m);
    await using stream = await openStream(String(sseUrl));
    const forged = '\n{"level":"fatal","msg":"forged"}';
    // An id may have 256 characters.
    await stream.request(`${forged}${'x'.repeat(200)}`, 'tools/call', { name: `${forged}${'y'.repeat(100_000)}` });
    server.kill('SIGTERM');
    const { stderr } = await server.ended;
    const lines = stderr
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line));
    expect(lines.find(({ msg }) => msg === 'tool called')).toMatchObject({ tool: 'unknown', outcome: 'error' });
    expect(lines.some(({ level }) => level === 'fatal')).toBe(false);
    expect(Math.max(...stderr.split('\n').map(({ length }) => length))).toBeLessThan(1_000);
});
