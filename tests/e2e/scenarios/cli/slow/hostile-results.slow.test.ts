import { json, onCall, tool } from '@calc/test-helpers';
import { type Row, testRows } from '../run-hostile.ts';

// Servers that answer with wrong messages, results and lists.

/** A schema of which a walk without a limit would take 6^16 steps. */
const sixfold = { anyOf: Array.from({ length: 6 }, () => ({ $ref: '#/properties/a' })) };

testRows([
    {
        server: 'sends things that are not messages between replies',
        behaviour: onCall(({ push, reply }) => {
            push('data: {"type":"heartbeat"}\n\ndata: tick\n\n');
            reply({ content: [{ type: 'text', text: 'done' }] });
            return true;
        }),
        code: 0,
        prints: /^done$/m
    },
    {
        server: 'answers with a result that is not an object',
        behaviour: onCall(({ reply }) => {
            reply('done');
            return true;
        }),
        code: 5,
        ways: ['http'],
        prints: /^the result of tools\/call does not fit the protocol: .*$/m
    },
    {
        server: 'answers with a result whose content is wrong',
        behaviour: onCall(({ reply }) => {
            reply({ content: [{ type: 'text', text: 5 }] });
            return true;
        }),
        code: 5,
        prints: /^the result of tools\/call does not fit the protocol: content\[0\]\.text: expected string, received number$/m
    },
    {
        server: 'gives the same cursor twice',
        behaviour: {
            post: ({ method, reply }) => {
                if (method !== 'tools/list') return false;
                reply({ tools: [], nextCursor: 'again' });
                return true;
            }
        },
        code: 5,
        prints: /^tools\/list does not end: the server gave the cursor "again" twice$/m,
        atMost: { 'POST tools/list': 2 }
    },
    {
        server: 'lists 300,000 tools in a page',
        behaviour: { tools: Array.from({ length: 300_000 }, (_, number) => tool(`tool-${number}`)) },
        code: 5,
        prints: /^tools\/list has more than 100000 entries, which is the limit$/m
    },
    {
        server: 'lists something that is not a list',
        behaviour: {
            post: ({ method, reply }) => {
                if (method !== 'tools/list') return false;
                reply({ tools: {} });
                return true;
            }
        },
        ways: ['http'],
        code: 5,
        prints: /^the result of tools\/list does not fit the protocol: tools is not a list$/m
    },
    {
        server: 'has one tool that does not fit the protocol, which is called',
        behaviour: { tools: [tool('once', { annotations: null }), tool('other')] },
        ways: ['http'],
        code: 5,
        prints: /^the tool "once" cannot be used: annotations: expected object, received null$/m
    },
    {
        server: 'has an argument that refers to itself six times',
        behaviour: { tools: [tool('once', { inputSchema: { type: 'object', properties: { a: sixfold } } })] },
        argv: ['call', 'once', 'a=1'],
        ways: ['http'],
        code: 0,
        prints: /^done$/m
    },
    {
        server: 'lists such an argument among its tools',
        behaviour: { tools: [tool('once', { inputSchema: { type: 'object', properties: { a: sixfold } } })] },
        argv: ['tools'],
        ways: ['http'],
        code: 0,
        prints: /^ {4}a {2}json {2}optional$/m
    },
    {
        server: 'returns what does not match the output schema',
        behaviour: {
            ...onCall(({ reply }) => {
                reply({ content: [], structuredContent: { sum: 'five' } });
                return true;
            }),
            tools: [tool('once', { outputSchema: { type: 'object', properties: { sum: { type: 'number' } } } })]
        },
        ways: ['http'],
        code: 5,
        prints: /^the result of once does not match its output schema: the result\/sum must be number$/m
    },
    {
        server: 'returns structured content that is nested 50,000 levels deep',
        behaviour: onCall(({ id, res }) => {
            const deep = '['.repeat(50_000) + ']'.repeat(50_000);
            const result = `{"content":[],"structuredContent":{"a":${deep}}}`;
            res.writeHead(200, json).end(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`);
            return true;
        }),
        ways: ['http'],
        code: 5,
        prints: /^the answer of the server is nested too deeply to be printed$/m
    },
    ...(
        [
            ['resources', {}, ['read', 'x://y'], 'resources/read'],
            ['subscriptions', { resources: {} }, ['watch', 'x://y'], 'resources/subscribe'],
            ['completions', {}, ['complete', 'prompt', 'name=value'], 'completion/complete']
        ] as const
    ).map(
        ([name, capabilities, argv, method]): Row => ({
            server: `has no ${name}`,
            behaviour: { capabilities },
            argv: [...argv],
            ways: ['http'],
            code: 5,
            prints: new RegExp(`^the server has no ${name}; info shows what it has$`, 'm'),
            atMost: { [`POST ${method}`]: 0 }
        })
    )
]);
