import { expect, test } from 'vitest';
import { attemptOn, event, LONG_MS, listen, SHORT_MS, stream } from './scripted-server.ts';

/** Opens the stream of a server that writes the chunks, each on its own. */
async function readChunks(...chunks: (string | Uint8Array)[]) {
    await using server = await listen(async (_, response) => {
        response.writeHead(200, stream).flushHeaders();
        for (const chunk of chunks) await new Promise(resolve => response.write(chunk, resolve));
        response.end();
    });
    const attempt = attemptOn(server.url);
    const read = await attempt.openStream();
    await read.until(() => false, LONG_MS);
    return read;
}

const endpoint = { event: 'endpoint', data: '/messages' };
const message = { event: 'message', data: 'é' };

test.each(['\n', '\r\n'])('events are read with line ends %j', async end => {
    const { events } = await readChunks(`event: endpoint${end}data: /messages${end}${end}data: é${end}${end}`);
    expect(events).toMatchObject([endpoint, message]);
});

test('events are read wherever the borders of chunks are, within CRLF and within a character too', async () => {
    const bytes = new TextEncoder().encode('event: endpoint\r\ndata: /messages\r\n\r\ndata: é\r\n\r\n');
    const { events, text } = await readChunks(...Array.from(bytes, byte => Uint8Array.of(byte)));
    expect(events).toMatchObject([endpoint, message]);
    expect(text).toContain('data: é\r\n');
});

test('comments, ids, the reconnection time and unknown fields are not events', async () => {
    const read = await readChunks(': ping - 2026\r\n\r\nretry: 250\nid: 7\nother: x\ndata: one\ndata: two\n\n');
    expect(read.comments).toEqual(['ping - 2026']);
    expect(read.retryMs).toBe(250);
    expect(read.events).toEqual([{ event: 'message', data: 'one\ntwo', id: '7' }]);
});

test('an event without data, and one that its empty line does not end, are not dispatched', async () => {
    const read = await readChunks('event: endpoint\n\n', 'event: message\ndata: open\n');
    expect(read.events).toEqual([]);
    expect(read.isEventOpen).toBe(true);
});

test('an event that its empty line ends is not open', async () => {
    const read = await readChunks('event: endpoint\r\ndata: /messages\r\n\r\n: ping\r\n');
    expect(read.isEventOpen).toBe(false);
});

test('a stream stays open for longer than the time limit of one wait', async () => {
    await using server = await listen((_, response) => {
        response.writeHead(200, stream).write(event('endpoint', '/messages'));
    });
    using attempt = attemptOn(server.url, SHORT_MS);
    const read = await attempt.openStream();
    expect(await read.until(() => read.ended, 3 * SHORT_MS)).toBe(false);
});

test('`next` passes over events, `any` finds them again', async () => {
    const read = await readChunks(event('a', '1') + event('b', '2') + event('a', '3'));
    expect(await read.next(({ event }) => event === 'b', SHORT_MS)).toMatchObject({ data: '2' });
    expect(await read.any(({ event }) => event === 'a', SHORT_MS)).toMatchObject({ data: '1' });
    expect(await read.next(({ event }) => event === 'a', SHORT_MS)).toMatchObject({ data: '3' });
    expect(await read.next(() => true, SHORT_MS)).toBeUndefined();
});

test('a stream whose first events come late and together is held back by something', async () => {
    const frames = `${event('endpoint', '/messages')}: ping\n\n`;
    await using server = await listen((_, response) => {
        response.writeHead(200, stream).flushHeaders();
        setTimeout(() => response.write(frames), SHORT_MS);
    });
    using attempt = attemptOn(server.url);
    const read = await attempt.openStream();
    await read.next(() => true, LONG_MS);
    expect(read.heldBack).toBe(true);
});

test('a stream whose first event comes at once, even with others, is not held back', async () => {
    const read = await readChunks(`${event('endpoint', '/messages')}: ping\n\n`);
    expect(read.heldBack).toBe(false);
});
