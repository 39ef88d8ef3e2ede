import { expect, test } from 'vitest';
import { createRawSource } from '../../../src/mcp/transport/raw-stream.ts';
import {
    CLOSED,
    CONNECTING,
    type HiddenFrames,
    OPEN,
    type StreamEvent
} from '../../../src/mcp/transport/stream-source.ts';
import { settled } from '../session/fake-server.ts';

/** A stream that is read with `fetch`. The test plays the server and the clock. */
function openStream(...names: string[]) {
    const asked: Headers[] = [];
    const heard: string[] = [];
    const raw: (string | undefined)[] = [];
    const hidden: Parameters<HiddenFrames>[0][] = [];
    const waits: { ms: number; go(): void }[] = [];
    let server: ReadableStreamDefaultController<Uint8Array> | undefined;
    let answer = (): Response => {
        const body = new ReadableStream<Uint8Array>({
            start(controller) {
                server = controller;
            }
        });
        return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
    };
    const source = createRawSource({
        fetch: async (_input, init) => {
            asked.push(new Headers(init?.headers));
            return answer();
        },
        schedule(go, ms) {
            const wait = { ms, go };
            waits.push(wait);
            return () => void waits.splice(waits.indexOf(wait), 1);
        }
    });
    const stream = source.open('http://calculator.test/sse', frame => hidden.push(frame));
    const hear = (event: StreamEvent): void => {
        heard.push(`${event.type} ${event.data ?? ''}`.trim());
        raw.push(event.raw);
    };
    for (const name of ['open', 'error', 'message', ...names]) stream.addEventListener(name, hear);
    return {
        stream,
        asked,
        heard,
        raw,
        hidden,
        waits,
        answerWith(next: () => Response) {
            answer = next;
        },
        async send(content: string | Uint8Array) {
            server?.enqueue(typeof content === 'string' ? new TextEncoder().encode(content) : content);
            await settled();
        },
        async end() {
            server?.close();
            await settled();
        },
        async breakOff() {
            server?.error(new TypeError('network error'));
            await settled();
        }
    };
}

test('emits the same events as EventSource and reports what EventSource hides', async () => {
    const { stream, heard, raw, hidden, send } = openStream('endpoint');
    expect(stream.readyState).toBe(CONNECTING);
    await settled();
    expect([stream.readyState, heard]).toEqual([OPEN, ['open']]);
    await send('retry: 700\n\nid: s:0\nevent: endpoint\ndata: /messages\n\n: keep');
    await send('alive\n\ndata: {}\n\nevent: other\ndata: x\n\nevent: error\ndata: no error of ours\n\n');
    expect(heard.slice(1)).toEqual(['endpoint /messages', 'message {}']);
    expect(raw.slice(1)).toEqual(['id: s:0\nevent: endpoint\ndata: /messages\n\n', 'data: {}\n\n']);
    expect(hidden).toMatchObject([
        { kind: 'retry', ms: 700 },
        { kind: 'comment', raw: ': keepalive\n\n' },
        { kind: 'event', event: 'other' },
        { kind: 'event', event: 'error' }
    ]);
});

test('decodes a character whose bytes arrive one by one', async () => {
    const { heard, send } = openStream();
    await settled();
    for (const byte of new TextEncoder().encode('data: é☃😀\n\n')) await send(Uint8Array.of(byte));
    expect(heard.slice(1)).toEqual(['message é☃😀']);
});

test('opens a stream that ends or breaks again, after retry, with Last-Event-ID', async () => {
    const { stream, asked, heard, waits, send, end, breakOff } = openStream();
    await settled();
    await end();
    expect([stream.readyState, heard.at(-1), waits[0]?.ms]).toEqual([CONNECTING, 'error', 3000]);
    waits.pop()?.go();
    await settled();
    await send('retry: 50\nid: s:7\ndata: x\n\n');
    await breakOff();
    expect([heard.at(-1), waits[0]?.ms]).toEqual(['error network error', 50]);
    waits.pop()?.go();
    await settled();
    expect(asked.map(headers => headers.get('last-event-id'))).toEqual([null, null, 's:7']);
    expect(stream.readyState).toBe(OPEN);
});

test('sends Last-Event-ID like EventSource: also for a frame without data, in any characters', async () => {
    const { asked, waits, send, end } = openStream();
    await settled();
    await send('id: s:7\ndata: x\n\nid: s:8\n\n');
    await end();
    waits.pop()?.go();
    await settled();
    await send(': keepalive\n\n');
    await end();
    waits.pop()?.go();
    await settled();
    await send('id: ☃\ndata: x\n\n');
    await end();
    waits.pop()?.go();
    await settled();
    const utf8 = (text: string | null) => text && new TextDecoder().decode(Uint8Array.from(text, c => c.charCodeAt(0)));
    expect(asked.map(headers => utf8(headers.get('last-event-id')))).toEqual([null, 's:8', 's:8', '☃']);
});

test.each(['3000000000', '9'.repeat(400)])('limits retry: %s to the longest time of a timer', async ms => {
    const { waits, send, end } = openStream();
    await settled();
    await send(`retry: ${ms}\n\n`);
    await end();
    expect(waits.map(wait => wait.ms)).toEqual([2 ** 31 - 1]);
});

test.each([
    ['401 Unauthorized', () => Response.json({}, { status: 401, statusText: 'Unauthorized' })],
    ['204', () => new Response(null, { status: 204 })],
    ['200', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })]
])('closes if the answer is not an event stream: %s', async (detail, answer) => {
    const opened = openStream();
    await settled();
    opened.answerWith(answer);
    await opened.end();
    opened.waits.pop()?.go();
    await settled();
    expect([opened.stream.readyState, opened.heard.at(-1)]).toEqual([CLOSED, `error ${detail}`]);
    expect(opened.waits).toEqual([]);
});

test('emits nothing and does not reconnect after close()', async () => {
    const opened = openStream();
    await settled();
    opened.stream.close();
    await opened.send('data: late\n\n');
    await opened.end();
    expect([opened.stream.readyState, opened.heard, opened.waits]).toEqual([CLOSED, ['open'], []]);

    const waiting = openStream();
    await settled();
    await waiting.end();
    expect(waiting.waits).toHaveLength(1);
    waiting.stream.close();
    expect(waiting.waits).toEqual([]);
});
