import { expect, test } from 'vitest';
import { diagnosePost, diagnoses } from '../src/diagnoses.ts';
import { openSession } from '../src/mcp-session.ts';
import {
    attemptOn,
    event,
    failureOf,
    LONG_MS,
    type Post,
    pick,
    reply,
    SHORT_MS,
    serve,
    stream
} from './scripted-server.ts';

const { noReply, notJsonRpc, otherId, postNotAnswered, replyInPost } = diagnoses;

/** What `ping` fails with on a server that answers each POST so. */
async function pingFailure(post: (post: Post) => void, limitMs = LONG_MS) {
    await using server = await serve({ post });
    using attempt = attemptOn(server.url, limitMs);
    const session = await openSession(attempt);
    return { ...(await failureOf(session.request('ping', undefined, 7))), session };
}

const accept = ({ response }: Post) => response.writeHead(202).end();

test('replies are found in any order, and so is one that comes before its POST is answered', async () => {
    const posts: Post[] = [];
    await using server = await serve({
        post: post => {
            posts.push(post);
            if (posts.length < 2) return;
            for (const { message, stream } of posts.toReversed()) stream.write(reply(message.id));
            for (const { response } of posts) response.writeHead(202).end();
        }
    });
    using attempt = attemptOn(server.url);
    const session = await openSession(attempt);
    const replies = await Promise.all([session.request('ping'), session.request('ping')]);
    expect(replies[0]?.id).not.toBe(replies[1]?.id);
});

test('a notification that comes before a reply is passed over, and one that comes after it is found', async () => {
    const notice = (data: string) =>
        event('message', JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { data } }));
    await using server = await serve({
        post: post => {
            accept(post);
            post.stream.write(notice('before') + reply(post.message.id) + notice('after'));
        }
    });
    using attempt = attemptOn(server.url);
    const session = await openSession(attempt);
    await session.request('ping');
    expect(await session.notification('notifications/message')).toMatchObject({ params: { data: 'after' } });
});

test.each([
    ['as JSON', 200, (text: string) => text],
    ['as an event', 200, (text: string) => event('message', text)],
    ['as an event with CRLF', 202, (text: string) => event('message', text).replaceAll('\n', '\r\n')],
    ['as an error', 202, () => '{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"x"}}']
])('a reply in the response of the POST, %s, is named', async (_, status, form) => {
    const failure = await pingFailure(({ message, response }) => {
        response.writeHead(status).end(form(JSON.stringify({ jsonrpc: '2.0', id: message.id, result: {} })));
    });
    expect(failure).toMatchObject({ status: 'fail', ...pick(replyInPost) });
});

test('a reply in a response of the POST that never ends is named', async () => {
    const post = ({ response }: Post) => {
        response.writeHead(200, stream).write(reply(7));
    };
    expect(await pingFailure(post, SHORT_MS)).toMatchObject({ status: 'fail', ...pick(replyInPost) });
});

test.each([
    ['with headers', ({ response }: Post) => response.writeHead(202).flushHeaders()],
    ['without any byte', () => {}]
])('a POST whose response does not end, %s, is not answered', async (_, post) => {
    expect(await pingFailure(post, SHORT_MS)).toMatchObject({ status: 'timeout', ...pick(postNotAnswered) });
});

test('a POST whose connection the server closes is not answered', async () => {
    const failure = await pingFailure(({ response }) => response.destroy());
    expect(failure).toMatchObject({ status: 'fail', ...pick(postNotAnswered) });
    expect(failure.received).toBe('no response: the server closed the connection');
});

test.each([
    [404, diagnoses.endpointNotServed],
    [405, diagnoses.endpointNotServed],
    [500, diagnosePost(500)]
])('status %i for the POST has a diagnosis of its own', async (status, diagnosis) => {
    const failure = await pingFailure(({ response }) => response.writeHead(status).end('Cannot POST'));
    expect(failure).toMatchObject({ status: 'fail', ...pick(diagnosis) });
});

test('a status other than 202 for the POST is named', async () => {
    const failure = await pingFailure(({ response }) => response.writeHead(200).end('ok'));
    expect(failure).toMatchObject({ status: 'fail', ...pick(diagnoses.notAccepted) });
    expect(failure.sent).toBe('POST /messages?session=0\n{"jsonrpc":"2.0","id":7,"method":"ping"}');
});

test('a reply on the stream of another session is named', async () => {
    await using server = await serve({
        post: post => {
            accept(post);
            post.streams.at(-1)?.write(reply(post.message.id));
        }
    });
    using attempt = attemptOn(server.url, SHORT_MS);
    const session = await openSession(attempt);
    await openSession(attempt);
    const failure = await failureOf(session.request('ping', undefined, 7));
    expect(failure).toMatchObject({ status: 'fail', ...pick(diagnoses.replyElsewhere) });
    expect(failure.received).toContain('"id":7');
});

test('a reply that belongs to another session is named', async () => {
    await using server = await serve({
        post: post => {
            accept(post);
            for (const stream of post.streams) stream.write(reply(post.message.id));
        }
    });
    using attempt = attemptOn(server.url);
    const session = await openSession(attempt);
    const other = await openSession(attempt);
    await other.request('ping', undefined, 7);
    const failure = await failureOf(session.request('ping', undefined, 8));
    expect(failure).toMatchObject({ status: 'fail', ...pick(diagnoses.othersReply) });
});

test('a second reply to a request is named', async () => {
    await using server = await serve({
        post: post => {
            accept(post);
            post.stream.write(reply(7) + reply(7));
        }
    });
    using attempt = attemptOn(server.url);
    const session = await openSession(attempt);
    await session.request('ping', undefined, 7);
    const failure = await failureOf(session.request('ping', undefined, 8));
    expect(failure).toMatchObject({ status: 'fail', ...pick(diagnoses.repliedTwice) });
});

test('no reply at all is a timeout, and shows that nothing came', async () => {
    const failure = await pingFailure(accept, SHORT_MS);
    expect(failure).toMatchObject({ status: 'timeout', ...pick(noReply), received: 'nothing within 0.3 s' });
});

test('no reply on a stream that something collects is named', async () => {
    const post = accept;
    const open = (response: Post['response'], address: string) => {
        response.writeHead(200, stream).flushHeaders();
        setTimeout(() => response.write(`${event('endpoint', address)}: ping\n\n`), SHORT_MS / 2);
    };
    await using server = await serve({ open, post });
    using attempt = attemptOn(server.url, SHORT_MS);
    const failure = await failureOf((await openSession(attempt)).request('ping'));
    expect(failure).toMatchObject({ status: 'timeout', ...pick(diagnoses.streamHeldBack) });
});

const pong = '{"jsonrpc":"2.0","id":7,"result":{}}';
test.each([
    ['whose id is text', event('message', pong.replace('7', '"7"')), 'fail', otherId],
    ['with another id', event('message', pong.replace('7', '8')), 'fail', otherId],
    ['without jsonrpc', event('message', '{"id":7,"result":{}}'), 'fail', notJsonRpc],
    ['without result', event('message', '{"jsonrpc":"2.0","id":7}'), 'fail', notJsonRpc],
    ['with both result and error', event('message', pong.replace('{}', '{},"error":{}')), 'fail', notJsonRpc],
    ['in an array', event('message', `[${pong}]`), 'fail', notJsonRpc],
    ['in Python syntax', event('message', "{'jsonrpc': '2.0'}"), 'fail', notJsonRpc],
    ['on several lines', event('message', '{\n "jsonrpc": "2.0" }'), 'fail', notJsonRpc],
    ['under another event', event('response', pong), 'fail', noReply],
    ['without the empty line', event('message', pong).trimEnd(), 'timeout', diagnoses.eventNotEnded]
])('a reply %s is named', async (_, text, status, diagnosis) => {
    const limitMs = status === 'timeout' ? SHORT_MS : LONG_MS;
    const failure = await pingFailure(post => {
        accept(post);
        post.stream.write(text);
    }, limitMs);
    expect(failure).toMatchObject({ status, next: diagnosis.next });
    expect(failure.received).toContain(text.split('\n')[1]?.replace('data: ', ''));
});

test('an event without a name is a message', async () => {
    await using server = await serve({
        post: post => {
            accept(post);
            post.stream.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id: post.message.id, result: {} })}\n\n`);
        }
    });
    using attempt = attemptOn(server.url);
    expect(await (await openSession(attempt)).request('ping')).toMatchObject({ result: {} });
});

test('a stream that the server ends is named', async () => {
    const failure = await pingFailure(post => {
        accept(post);
        post.stream.end();
    });
    expect(failure).toMatchObject({ status: 'fail', ...pick(diagnoses.streamEnded) });
});
