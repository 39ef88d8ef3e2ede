import type { Variant } from '../../variant.ts';

const file = 'sessions.ts';

export const variants: Variant[] = [
    {
        name: 'one-server-for-all',
        fails: 'second-connects',
        file,
        replace: 'await server.connect(transport);',
        with: 'const shared = [...sessions.values()][0]?.server ?? server;\n        await shared.connect(transport);'
    },
    {
        name: 'one-endpoint-for-all',
        fails: 'second-connects',
        file,
        replace: "const transport = new SSEServerTransport('/messages', res);",
        with: "const transport = new SSEServerTransport('/messages', res);\n        Object.defineProperty(transport, '_sessionId', { value: 'calculator' });"
    },
    {
        name: 'last-client-only',
        fails: 'second-keeps-first',
        file,
        replace: 'sessions.get(String(req.query.sessionId))',
        with: '[...sessions.values()].at(-1)'
    },
    {
        name: 'second-replaces-first',
        fails: 'second-keeps-first',
        file,
        replace: 'const server = createServer();',
        with: 'for (const old of sessions.values()) await old.transport.close();\n        const server = createServer();'
    },
    {
        name: 'forgets-the-first',
        fails: 'second-keeps-first',
        file,
        replace: 'const server = createServer();',
        with: 'sessions.clear();\n        const server = createServer();'
    },
    {
        name: 'broadcasts',
        fails: 'replies-apart',
        file,
        replace: 'await server.connect(transport);',
        with: 'await server.connect(transport);\n        transport.send = async message => {\n            for (const { transport } of sessions.values()) await SSEServerTransport.prototype.send.call(transport, message);\n        };'
    },
    {
        name: 'replies-by-id',
        fails: 'replies-apart',
        file,
        replace: 'await server.connect(transport);',
        with: [
            'await server.connect(transport);',
            'const byId = (app.locals.byId ??= new Map());',
            'const { onmessage } = transport;',
            'transport.onmessage = (message, extra) => {',
            "    if ('id' in message) byId.set(message.id, transport);",
            '    onmessage?.(message, extra);',
            '};',
            'transport.send = async message => {',
            '    await new Promise(resolve => setTimeout(resolve, 250));',
            "    const asked = 'id' in message ? byId.get(message.id ?? 0) : undefined;",
            '    await SSEServerTransport.prototype.send.call(asked ?? transport, message);',
            '};'
        ].join('\n        ')
    },
    {
        name: 'arguments-in-a-shared-variable',
        fails: 'replies-apart',
        replace: "        ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }] })\n",
        with: "        async args => {\n            app.locals.last = args;\n            await new Promise(resolve => setTimeout(resolve, 250));\n            const { a, b } = app.locals.last;\n            return { content: [{ type: 'text', text: String(a + b) }] };\n        }\n"
    },
    {
        name: 'replies-twice',
        fails: 'replies-apart',
        file,
        replace: 'await server.connect(transport);',
        with: 'await server.connect(transport);\n        transport.send = async message => {\n            for (const _ of [1, 2]) await SSEServerTransport.prototype.send.call(transport, message);\n        };'
    },
    {
        name: 'unknown-is-400',
        fails: 'session-unknown',
        file,
        replace: "res.status(404).send('Session not found')",
        with: "res.status(400).send('No transport found for sessionId')"
    },
    {
        name: 'unknown-is-not-answered',
        fails: 'session-unknown',
        file,
        replace: "        else res.status(404).send('Session not found');\n",
        with: ''
    },
    {
        name: 'unknown-gets-any-session',
        fails: 'session-unknown',
        file,
        replace: 'sessions.get(String(req.query.sessionId))',
        with: 'sessions.get(String(req.query.sessionId)) ?? [...sessions.values()][0]'
    },
    {
        name: 'unknown-crashes',
        fails: 'session-unknown',
        file,
        replace: 'if (session) await session.transport',
        with: 'if (sessions.size > 0) await session!.transport'
    },
    {
        name: 'never-forgets',
        fails: 'session-ended',
        file,
        replace: "        res.on('close', () => sessions.delete(transport.sessionId));\n",
        with: ''
    },
    {
        name: 'forgets-all-on-close',
        fails: 'second-leaves',
        file,
        replace: 'sessions.delete(transport.sessionId)',
        with: 'sessions.clear()'
    },
    {
        name: 'forgets-by-address',
        fails: 'session-ended',
        file,
        replace: 'sessions.delete(transport.sessionId)',
        with: "sessions.delete('/messages?sessionId=' + transport.sessionId)"
    }
];
