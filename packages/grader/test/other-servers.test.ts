import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { protocol } from '../src/lessons/02-protocol.ts';
import { sdk } from '../src/lessons/03-sdk.ts';
import { secondClient } from '../src/lessons/04-second-client.ts';
import { carries } from '../src/lessons/shared/tools.ts';
import {
    attemptOn,
    event,
    failureOf,
    LONG_MS,
    listen,
    type Post,
    reply,
    SHORT_MS,
    serve,
    stream
} from './scripted-server.ts';

const note = event('message', JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: {} }));

const introduction = {
    protocolVersion: '2024-11-05',
    capabilities: { tools: {} },
    serverInfo: { name: 'scripted', version: '1' }
};
const sum = { name: 'sum', inputSchema: { type: 'object', properties: {} } };

function answer({ message, response, stream }: Post): void {
    response.writeHead(202).end();
    if (message.id === undefined) return;
    const content = [{ type: 'text', text: `Tool ${message.params?.name} not found` }];
    const results: Record<string, object> = {
        initialize: introduction,
        'tools/list': { tools: [sum] },
        'tools/call': { isError: true, content }
    };
    stream.write(note + reply(message.id, results[message.method] ?? {}));
}

/** What one check of a lesson fails with; its members are undefined if the check passes. */
async function checkFailure(id: string, url: string, limitMs = LONG_MS) {
    const check = [...protocol, ...sdk, ...secondClient].find(each => each.id === id);
    using attempt = attemptOn(url, limitMs);
    return await failureOf(Promise.resolve(check?.run(attempt)));
}

test('a notification of the server is not taken for a reply to a notification', async () => {
    await using server = await serve({ post: answer });
    expect(await checkFailure('initialize', server.url)).toMatchObject({ status: undefined });
});

test('a reply to a notification fails, also if it says nothing of a request', async () => {
    await using server = await serve({
        post: post => {
            answer(post);
            if (post.message.id === undefined) post.stream.write(reply(null));
        }
    });
    expect(await checkFailure('initialize', server.url)).toMatchObject({ status: 'fail' });
});

test.each(['tools-listed', 'sdk-tools', 'sdk-client', 'replies-apart'])(
    'a server without the tool is told so, and which tools it has: %s',
    async id => {
        await using server = await serve({ post: answer });
        const { received } = await checkFailure(id, server.url);
        expect(received).toBe('no tool `add`; the tools are: sum');
    }
);

test('an echo may be a member of a JSON object, unchanged', () => {
    expect(carries('{"echo":"  a\\n","time":1}', '  a\n')).toBe(true);
    expect(carries('{"echo":"a"}', '  a\n')).toBe(false);
    expect(carries('Echo: a', 'a')).toBe(false);
    expect(carries('"a"', 'a')).toBe(false);
    expect(carries(undefined, '')).toBe(false);
});

/**
 * Serves sessions whose events have ids.
 *
 * @param status of the response to a POST after the stream of its session has closed.
 * @param resumes whether a client that comes back with an id gets the replies of its session again.
 */
async function serveWithIds(status: number, resumes: boolean) {
    const sessions: { replies: string; stream: ServerResponse }[] = [];
    return await listen(async (request, response) => {
        if (request.method === 'GET') {
            const known = resumes ? sessions[Number.parseInt(`${request.headers['last-event-id']}`, 10)] : undefined;
            const address = `/messages?session=${sessions.length}`;
            response.writeHead(200, stream).write(known?.replies ?? event('endpoint', address));
            if (known) known.stream = response;
            else sessions.push({ replies: '', stream: response });
            return;
        }
        const index = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('session'));
        const session = sessions[index];
        const message = JSON.parse(await text(request));
        response.writeHead(session?.stream.closed ? status : 202).end();
        if (!session || message.id === undefined) return;
        const sent = `id: ${index}.1\n${reply(message.id, message.method === 'initialize' ? introduction : {})}`;
        session.replies += sent;
        if (!session.stream.closed) session.stream.write(sent);
    });
}

test.each([
    ['is resumed with its last event id', 202, true, undefined],
    ['cannot be resumed', 202, false, 'fail'],
    ['is refused with 400', 400, false, undefined],
    ['is refused with 500', 500, false, 'fail']
])('a session whose stream has closed and which %s', async (_, status, resumes, verdict) => {
    await using server = await serveWithIds(status, resumes);
    const limitMs = verdict === 'fail' ? SHORT_MS : LONG_MS;
    expect(await checkFailure('session-ended', server.url, limitMs)).toMatchObject({ status: verdict });
});
