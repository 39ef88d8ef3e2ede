import { expect, test } from 'vitest';
import { openWithTools } from '../src/lessons/shared/tools.ts';
import { openSession } from '../src/mcp-session.ts';
import { attemptOn, event, failureOf, reply, SHORT_MS, serve, stream } from './scripted-server.ts';

/** Answers each tools/list with this result. */
const listing = (result: () => object) =>
    serve({
        post({ message, response, stream }) {
            response.writeHead(202).end();
            if (message.id !== undefined) stream.write(reply(message.id, result()));
        }
    });

const listTools = (url: string, limitMs?: number) => {
    const attempt = attemptOn(url, limitMs);
    return failureOf(openWithTools(attempt, 'add')).finally(() => attempt.close());
};

test('a list of tools whose nextCursor repeats is a failure that names the cursor', async () => {
    await using server = await listing(() => ({ tools: [], nextCursor: { page: 1 } }));
    const { status, received, next } = await listTools(server.url);
    expect(received).toBe('"nextCursor":{"page":1} a second time');
    expect(status).toBe('fail');
    expect(next.en).toContain('nextCursor');
});

test('a list of tools with always another nextCursor ends at the time limit', async () => {
    let page = 0;
    await using server = await listing(() => ({ tools: [], nextCursor: String(++page) }));
    const { status, received } = await listTools(server.url, SHORT_MS);
    expect(received).toMatch(/^\d+ pages within 0.3 s, and "nextCursor":"\d+"$/);
    expect(status).toBe('timeout');
});

test('a list of 200,000 tools, and one with tools that are not objects, are read', async () => {
    const many = Array.from({ length: 200_000 }, () => null);
    await using server = await listing(() => ({ tools: [...many, { name: 'add' }] }));
    using attempt = attemptOn(server.url);
    await expect(openWithTools(attempt, 'add')).resolves.toBeDefined();
});

/** Sends the text over and over on the stream, after what `begin` has. */
const flooding = (text: string, begin = '') =>
    serve({
        open(response) {
            response.writeHead(200, stream).write(begin);
            const flood = () => {
                while (!response.destroyed && response.write(text));
            };
            response.on('drain', flood);
            flood();
        }
    });

test.each([
    ['a line', 'x'.repeat(2 ** 16), 'data: ', '32 MB'],
    ['comments', ': x\n'.repeat(2 ** 14), '', '2000 events and comments'],
    [
        'events',
        event('message', '{"method":"x"}').repeat(100),
        event('endpoint', '/messages'),
        '2000 events and comments'
    ]
])('a stream without end, of %s, is a failure that says so, before the time limit', async (_, text, begin, limit) => {
    await using server = await flooding(text, begin);
    using attempt = attemptOn(server.url);
    const run = openSession(attempt).then(session => session.stream.until(() => false, attempt.limitMs));
    const { status, received } = await failureOf(run);
    expect(received).toBe(`more than ${limit} on one stream`);
    expect(status).toBe('fail');
});

test('headers that are too large are named', async () => {
    await using server = await serve({
        open: response => response.writeHead(200, { ...stream, 'X-Large': 'x'.repeat(2 ** 20) }).flushHeaders()
    });
    using attempt = attemptOn(server.url);
    expect((await failureOf(attempt.openStream())).received).toBe('headers of more than 16 KB');
});

const deep = `${'{"a":'.repeat(10_000)}{}${'}'.repeat(10_000)}`;

test.each([
    ['id', `{"jsonrpc":"2.0","id":${deep},"result":{}}`],
    ['result', `{"jsonrpc":"2.0","id":7,"result":${deep}}`]
])('a reply whose %s is 10,000 objects deep is refused as a message that is not JSON-RPC', async (_, data) => {
    await using server = await serve({
        post({ response, stream }) {
            response.writeHead(202).end();
            stream.write(event('message', data));
        }
    });
    using attempt = attemptOn(server.url);
    const session = await openSession(attempt);
    const { name, received } = await failureOf(session.request('ping', {}, 7));
    expect(name).toBe('CheckFailure');
    expect(received).toContain('{"a":{"a":');
});
