import type { Variant } from '../../variant.ts';

export const variants: Variant[] = [
    {
        name: 'endpoint-as-json',
        fails: 'endpoint-first',
        replace: 'data: /messages?sessionId=${sessionId}\\n\\n',
        with: 'data: {"url":"/messages?sessionId=${sessionId}"}\\n\\n'
    },
    {
        name: 'endpoint-without-data',
        fails: 'endpoint-first',
        replace: 'event: endpoint\\ndata: ',
        with: 'event: endpoint '
    },
    {
        name: 'same-session-for-all',
        fails: 'endpoint-first',
        replace: 'const sessionId = randomUUID();',
        with: "const sessionId = process.env.SESSION ?? '1';"
    },
    {
        name: 'no-reply',
        fails: 'reply-on-stream',
        replace: 'stream.write(`event: message\\ndata: ${JSON.stringify(reply)}\\n\\n`);',
        with: 'console.log(stream.statusCode, reply);'
    },
    {
        name: 'reply-in-the-post',
        fails: 'reply-on-stream',
        replace: "res.status(202).send('Accepted');",
        with: "res.status(202).json({ jsonrpc: '2.0', id: req.body.id, ...answer(req.body.method, req.body.params) });"
    },
    {
        name: 'reply-to-the-post-that-has-ended',
        process: true,
        fails: 'reply-on-stream',
        replace: 'stream.write(`event: message',
        with: 'res.write(`event: message'
    },
    {
        name: 'answers-200',
        fails: 'reply-on-stream',
        replace: "res.status(202).send('Accepted');",
        with: "res.status(200).send('Accepted');"
    },
    {
        name: 'post-never-answered',
        fails: 'reply-on-stream',
        replace: "res.status(202).send('Accepted');",
        with: "res.writeHead(202).write('Accepted');"
    },
    {
        name: 'answers-notifications',
        fails: 'initialize',
        replace: 'if (id === undefined) return;',
        with: ''
    },
    {
        name: 'id-as-text',
        fails: 'reply-on-stream',
        replace: "{ jsonrpc: '2.0', id, ...answer(method, params) }",
        with: "{ jsonrpc: '2.0', id: String(id), ...answer(method, params) }"
    },
    {
        name: 'no-jsonrpc-member',
        fails: 'reply-on-stream',
        replace: "{ jsonrpc: '2.0', id, ...answer(method, params) }",
        with: '{ id, ...answer(method, params) }'
    },
    {
        name: 'json-over-many-lines',
        fails: 'reply-on-stream',
        replace: '${JSON.stringify(reply)}',
        with: '${JSON.stringify(reply, null, 2)}'
    },
    {
        name: 'no-capabilities',
        fails: 'initialize',
        replace: 'capabilities: { tools: {} }, ',
        with: ''
    },
    { name: 'counts-two-and-three', fails: 'add-adds', replace: 'String(a + b)', with: "'5'" },
    { name: 'joins-the-numbers', fails: 'add-adds', replace: 'String(a + b)', with: '`${a}${b}`' },
    {
        name: 'schema-without-type',
        fails: 'tools-listed',
        replace: "        type: 'object',\n        properties",
        with: '        properties'
    },
    {
        name: 'unknown-is-a-result',
        fails: 'unknown-method',
        replace: 'return { error: { code: -32601, message: `Method not found: ${method}` } };',
        with: 'return { result: {} };'
    },
    {
        name: 'code-as-text',
        fails: 'unknown-method',
        replace: 'code: -32601',
        with: "code: '-32601'"
    }
];
