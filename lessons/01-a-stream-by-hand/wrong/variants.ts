import type { Variant } from '../../variant.ts';

export const variants: Variant[] = [
    {
        name: 'plain-text',
        fails: 'stream-opens',
        replace: "'Content-Type': 'text/event-stream'",
        with: "'Content-Type': 'text/plain'"
    },
    {
        name: 'ends-the-stream',
        fails: 'heartbeats-continue',
        replace: "send(res, 'connected', 'hello');",
        with: "send(res, 'connected', 'hello');\n    res.end();"
    },
    {
        name: 'headers-held-back',
        fails: 'stream-opens',
        replace:
            "    res.flushHeaders();\n    send(res, 'connected', 'hello');\n    const timer = setInterval(() => send(res, 'heartbeat', new Date().toISOString()), 1000);",
        with: '    const timer = setInterval(() => {}, 1000);'
    },
    { name: 'no-empty-line', fails: 'connected-first', replace: 'data: ${data}\\n\\n', with: 'data: ${data}\\n' },
    { name: 'no-name', fails: 'connected-first', replace: 'event: ${event}\\ndata: ', with: 'data: ${event} ' },
    {
        name: 'heartbeat-once',
        fails: 'heartbeats-continue',
        replace: 'setInterval(',
        with: 'setTimeout('
    },
    {
        name: 'time-of-the-start',
        fails: 'heartbeats-continue',
        replace: "const timer = setInterval(() => send(res, 'heartbeat', new Date().toISOString()), 1000);",
        with: "const now = new Date().toISOString();\n    const timer = setInterval(() => send(res, 'heartbeat', now), 1000);"
    },
    {
        name: 'counts-only-one',
        fails: 'health-counts',
        replace: 'streams.add(res);',
        with: 'streams.clear();\n    streams.add(res);'
    },
    { name: 'never-forgets', fails: 'health-forgets', replace: '        streams.delete(res);\n', with: '' }
];
