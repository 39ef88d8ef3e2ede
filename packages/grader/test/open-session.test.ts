import { STATUS_CODES } from 'node:http';
import { expect, test } from 'vitest';
import { diagnoseGet, diagnoses } from '../src/diagnoses.ts';
import { openSession } from '../src/mcp-session.ts';
import { attemptOn, event, failureOf, LONG_MS, pick, SHORT_MS, serve, stream } from './scripted-server.ts';

const { noEndpoint, notAStream } = diagnoses;

/** Opens a session of a server that sends the text as soon as its stream is open. */
async function openWith(text: (address: string) => string, limitMs = LONG_MS) {
    await using server = await serve({
        open: (response, address) => {
            response.writeHead(200, stream).flushHeaders();
            response.write(text(address));
        }
    });
    using attempt = attemptOn(server.url, limitMs);
    const session = await openSession(attempt);
    return { endpoint: session.endpoint.href, expected: new URL('/messages?session=0', server.url).href, session };
}

test.each([
    ['as a path', (address: string) => event('endpoint', address)],
    ['without a slash', (address: string) => event('endpoint', address.slice(1))],
    ['after comments', (address: string) => `: welcome\n\n${event('endpoint', address)}`],
    ['with CRLF', (address: string) => event('endpoint', address).replaceAll('\n', '\r\n')]
])('the endpoint is understood %s', async (_, text) => {
    const { endpoint, expected } = await openWith(text);
    expect(endpoint).toBe(expected);
});

test('the endpoint is understood as an absolute URL of the same origin', async () => {
    await using server = await serve({
        open: (response, address) => {
            const absolute = `http://${response.req.headers.host}${address}`;
            response.writeHead(200, { 'Content-Type': 'Text/Event-Stream;charset=utf-8' });
            response.write(event('endpoint', absolute));
        }
    });
    using attempt = attemptOn(server.url);
    expect(await (await openSession(attempt)).request('ping')).toMatchObject({ result: {} });
});

test.each([
    ['JSON', '{"uri":"/messages"}'],
    ['quoted', '"/messages"'],
    ['of another origin', 'http://example.com/messages']
])('an endpoint that is %s is not an address', async (_, data) => {
    const failure = await failureOf(openWith(() => event('endpoint', data)));
    expect(failure).toMatchObject({ status: 'fail', ...pick(diagnoses.endpointNotAddress) });
});

test('an endpoint without data is missing', async () => {
    const failure = await failureOf(openWith(() => 'event: endpoint\n\n', SHORT_MS));
    expect(failure).toMatchObject({ status: 'timeout', ...pick(noEndpoint) });
    expect(failure.received).toBe('event: endpoint\nthen nothing within 0.3 s');
});

test('an endpoint without its empty line is an event that is not ended', async () => {
    const failure = await failureOf(openWith(address => `event: endpoint\ndata: ${address}\n`, SHORT_MS));
    expect(failure).toMatchObject({ status: 'timeout', ...pick(diagnoses.eventNotEnded) });
});

test('another first event means that the endpoint is missing, or comes too late', async () => {
    const hello = event('connected', 'hello');
    expect(await failureOf(openWith(() => hello))).toMatchObject(pick(noEndpoint));
    const late = await failureOf(openWith(address => hello + event('endpoint', address)));
    expect(late).toMatchObject(pick(diagnoses.endpointNotFirst));
});

test.each([
    [200, notAStream],
    [404, diagnoses.noRoute],
    [405, diagnoses.noRoute],
    [500, diagnoseGet(500)]
])('a response that is not a stream, of status %i, is shown with its body', async (status, diagnosis) => {
    await using server = await serve({
        open: response => response.writeHead(status, { 'Content-Type': 'text/plain' }).end('hello')
    });
    using attempt = attemptOn(server.url);
    const failure = await failureOf(openSession(attempt));
    expect(failure).toMatchObject({ status: 'fail', ...pick(diagnosis), sent: 'GET /sse' });
    expect(failure.received).toBe(`HTTP ${status} ${STATUS_CODES[status]}, text/plain\nhello`);
});

test('headers that do not come name what keeps them', async () => {
    await using server = await serve({ open: response => response.writeHead(200, stream) });
    using attempt = attemptOn(server.url, SHORT_MS);
    const failure = await failureOf(openSession(attempt));
    expect(failure).toMatchObject({ status: 'timeout', ...pick(diagnoses.headersHeldBack) });
});
