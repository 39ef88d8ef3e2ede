import type { Variant } from '../../variant.ts';

export const variants: Variant[] = [
    {
        name: 'never-connects',
        fails: 'sdk-stream',
        replace: '    await server.connect(transport);\n',
        with: ''
    },
    {
        name: 'writes-the-headers-itself',
        fails: 'sdk-stream',
        replace: "    transport = new SSEServerTransport('/messages', res);",
        with: "    res.writeHead(200, { 'Content-Type': 'text/event-stream' });\n    transport = new SSEServerTransport('/messages', res);"
    },
    {
        name: 'starts-instead-of-connecting',
        fails: 'sdk-reply',
        replace: 'await server.connect(transport)',
        with: 'await transport.start()'
    },
    {
        name: 'another-path',
        fails: 'sdk-reply',
        replace: "new SSEServerTransport('/messages', res)",
        with: "new SSEServerTransport('/message', res)"
    },
    {
        name: 'body-already-read',
        fails: 'sdk-reply',
        replace: 'const app = express();',
        with: 'const app = express();\napp.use(express.json());'
    },
    {
        name: 'answers-before-the-transport',
        fails: 'sdk-reply',
        replace: 'await transport.handlePostMessage(req, res);',
        with: '{\n        res.sendStatus(200);\n        await transport.handlePostMessage(req, res);\n    }'
    },
    {
        name: 'answers-with-json',
        fails: 'sdk-reply',
        replace: '    if (transport) await transport.handlePostMessage(req, res);\n',
        with: '    if (transport) {\n        await transport.handleMessage(await new Response(req).json());\n        res.json({ ok: true });\n    }\n'
    },
    {
        name: 'tool-without-schema',
        fails: 'sdk-tools',
        replace: ', inputSchema: { a: z.number(), b: z.number() } }',
        with: ' } as { inputSchema?: any }'
    },
    {
        name: 'numbers-as-strings',
        fails: 'sdk-tools',
        replace: '{ a: z.number(), b: z.number() }',
        with: '{ a: z.string(), b: z.string() }'
    },
    {
        name: 'forgets-to-return',
        fails: 'sdk-add',
        replace: "({ content: [{ type: 'text', text: String(a + b) }] })",
        with: "{\n        content: [{ type: 'text', text: String(a + b) }];\n    }"
    },
    {
        name: 'number-as-text',
        fails: 'sdk-add',
        replace: 'text: String(a + b)',
        with: 'text: a + b'
    },
    {
        name: 'returns-the-number',
        fails: 'sdk-add',
        replace: "({ content: [{ type: 'text', text: String(a + b) }] })",
        with: 'String(a + b)'
    },
    { name: 'always-five', fails: 'sdk-add', replace: 'String(a + b)', with: "'5'" }
];
