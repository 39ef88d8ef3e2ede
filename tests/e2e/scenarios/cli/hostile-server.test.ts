import type { ServerResponse } from 'node:http';
import { events, onCall, tool } from '@calc/test-helpers';
import { type Row, testRows } from './run-hostile.ts';

// Servers that answer with wrong statuses, addresses and streams.

const gone = (res: ServerResponse) => !!res.writeHead(404).end();
const readOnly = [tool('once', { annotations: { readOnlyHint: true } })];

testRows([
    {
        server: 'answers 404 to each GET /mcp',
        behaviour: { get: gone },
        ways: ['http'],
        code: 0,
        prints: /^done$/m,
        atMost: { 'POST initialize': 1, GET: 1, 'POST tools/call': 1 }
    },
    {
        server: 'answers 405 to each GET /mcp',
        behaviour: { get: res => !!res.writeHead(405).end() },
        ways: ['http'],
        code: 0,
        prints: /^done$/m,
        atMost: { 'POST initialize': 1, GET: 1 }
    },
    {
        server: 'answers GET /mcp with a page',
        behaviour: { get: res => !!res.writeHead(200, { 'content-type': 'text/html' }).end('<p>hello') },
        ways: ['http'],
        code: 0,
        prints: /^done$/m,
        atMost: { GET: 1 }
    },
    {
        server: 'answers each tools/call with 404',
        behaviour: onCall(({ res }) => gone(res)),
        code: 4,
        prints: /^tools\/call "once" ended 2 sessions in a row/,
        atMost: { 'POST initialize': 2, 'POST tools/call': 2 }
    },
    {
        server: 'answers each tools/call that may run twice with 404',
        behaviour: { ...onCall(({ res }) => gone(res)), tools: readOnly },
        code: 4,
        prints: /^tools\/call "once" ended 5 sessions in a row/,
        atMost: { 'POST initialize': 5, 'POST tools/call': 5 }
    },
    {
        server: 'ends the stream of each tools/call that may run twice',
        behaviour: { ...onCall(({ res }) => !!res.writeHead(200, events).end()), tools: readOnly },
        ways: ['http'],
        code: 4,
        prints: /^the connection broke before tools\/call "once" was answered: it is not known whether the tool ran$/m,
        atMost: { 'POST initialize': 1, 'POST tools/call': 5 }
    },
    {
        server: 'breaks the connection of each tools/call',
        behaviour: onCall(({ res }) => !!res.destroy()),
        code: 4,
        prints: /: it is not known whether the tool ran$/m,
        atMost: { 'POST tools/call': 1 }
    },
    {
        server: 'asks for no wait by Retry-After: 0',
        behaviour: onCall(({ res }) => !!res.writeHead(503, { 'retry-after': '0' }).end()),
        argv: ['call', 'once', '--reconnect-timeout', '1000'],
        code: 4,
        prints: /refused a message: 503 Service Unavailable$/m,
        atMost: { 'POST tools/call': 5 }
    },
    {
        server: 'asks for a wait of years by Retry-After',
        behaviour: onCall(({ res }) => !!res.writeHead(503, { 'retry-after': '99999999999' }).end()),
        code: 4,
        prints: /refused a message: 503 Service Unavailable$/m,
        atMost: { 'POST tools/call': 1 }
    },
    {
        server: 'redirects a call to something that is not a URL',
        behaviour: onCall(({ res }) => !!res.writeHead(307, { location: 'http://[' }).end()),
        code: 4,
        prints: /redirects to "http:\/\/\[", which is not a URL$/m,
        atMost: { 'POST tools/call': 1 }
    },
    {
        server: 'redirects a call in a circle',
        behaviour: onCall(({ res }) => !!res.writeHead(307, { location: '/mcp' }).end()),
        ways: ['http'],
        code: 4,
        prints: /^tools\/call was redirected too often; check the address in --url$/m,
        atMost: { 'POST tools/call': 10 }
    },
    {
        server: 'redirects a call to nowhere',
        behaviour: onCall(({ res }) => !!res.writeHead(307, { location: '' }).end()),
        ways: ['http'],
        code: 4,
        prints: /^tools\/call failed: the server answered 307 Temporary Redirect$/m,
        atMost: { 'POST tools/call': 1 }
    },
    {
        server: 'refuses a message at the address for messages',
        behaviour: onCall(({ res }) => !!res.writeHead(413, { 'content-type': 'text/plain' }).end('too long')),
        ways: ['sse'],
        code: 5,
        prints: /^http:\/\/127\.0\.0\.1:\d+\/messages refused a message: 413 Payload Too Large \(too long\)$/m
    },
    ...[404, 405].map(
        (status): Row => ({
            server: `is watched and answers GET with ${status}`,
            behaviour: { get: res => !!res.writeHead(status).end() },
            argv: ['watch'],
            ways: ['http'],
            code: 5,
            prints: new RegExp(`^http://[\\d.:]+/mcp has no stream for notifications: it answered GET with ${status} `)
        })
    )
]);
