import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { openMcp, openStream, runNode, send, serverMain, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

// A process that was stopped, or a laptop that slept, has timers that are due and input that is still unread. To
// block the event loop has the same effect, on the same sockets.

/** Lets so much time pass while nothing runs; in milliseconds. */
function freeze(ms: number): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Sends a request on a connection; the system has it when this returns. Settles with the beginning of the answer. */
async function ask(socket: Socket, request: string): Promise<string> {
    socket.write(request);
    const [data] = await once(socket, 'data');
    return String(data);
}

async function open(url: string): Promise<Socket> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    await ask(socket, 'GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n');
    return socket;
}

proves(
    ['session.idle'],
    'a session is not idle if its client sent a message in time, even if it is read late',
    async () => {
        await using server = await startServer({ SESSION_IDLE_MS: '100' });
        await using client = await openMcp(server.mcpUrl);
        const socket = await open(server.url);
        const body = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
        const headers = [
            'POST /mcp HTTP/1.1',
            'Host: localhost',
            'Content-Type: application/json',
            'Accept: application/json, text/event-stream',
            `Mcp-Session-Id: ${client.sessionId}`,
            `Content-Length: ${body.length}`
        ];
        const answer = ask(socket, `${headers.join('\r\n')}\r\n\r\n${body}`);
        freeze(300);
        expect(await answer).toMatch('HTTP/1.1 200 OK');
        socket.destroy();
    }
);

proves(
    ['stream.resume-window'],
    'a client that reconnects in time resumes, even if its request is read late',
    async () => {
        await using server = await startServer({ RESUME_WINDOW_MS: '500' });
        const stream = await openStream(server.sseUrl);
        const socket = await open(server.url);
        stream.cut();
        await expect.poll(async () => JSON.parse((await send(`${server.url}/health`)).body).connections).toBe(0);
        const accept = 'Accept: text/event-stream\r\n';
        const answer = ask(
            socket,
            `GET /sse HTTP/1.1\r\nHost: localhost\r\n${accept}Last-Event-ID: ${stream.lastEventId}\r\n\r\n`
        );
        freeze(800);
        let said = await answer;
        socket.on('data', chunk => {
            said += chunk;
        });
        await expect.poll(() => said).toContain('event: endpoint');
        expect(said).toContain(stream.sessionId);
        socket.destroy();
    }
);

proves(
    ['life.keep-alive'],
    'a connection is not idle if a request arrived in time, even if it is read late',
    async () => {
        await using server = await startServer({ KEEP_ALIVE_MS: '50' });
        const socket = await open(server.url);
        const answer = ask(socket, 'GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n');
        // Node waits a second longer than it says.
        freeze(1300);
        expect(await answer).toMatch('HTTP/1.1 200 OK');
        await once(socket.resume(), 'close');
    }
);

proves(['session.idle'], 'sessions survive a stopped process if their clients sent messages meanwhile', async () => {
    await using server = runNode(serverMain, [], { PORT: '0', SESSION_IDLE_MS: '1000', LOG_LEVEL: 'silent' });
    const [, url = ''] = await server.printed(/^Streamable HTTP (\S+)$/m);
    const clients = await Promise.all(Array.from({ length: 5 }, () => openMcp(url)));
    server.kill('SIGSTOP');
    // Each comes by a connection of its own, which the system takes and the server has not seen yet.
    const answers = clients.map(async ({ sessionId }) => {
        const headers = {
            'Content-Type': 'application/json',
            Accept: 'application/json, text/event-stream',
            'Mcp-Session-Id': sessionId
        };
        const outgoing = request(url, { method: 'POST', headers, agent: false });
        const answered = once(outgoing, 'response');
        outgoing.end('{"jsonrpc":"2.0","id":1,"method":"ping"}');
        await once(outgoing, 'finish');
        return { answered };
    });
    const sent = await Promise.all(answers);
    freeze(1500);
    server.kill('SIGCONT');
    for (const { answered } of sent) {
        const [answer] = await answered;
        expect(answer.resume().statusCode).toBe(200);
    }
});
