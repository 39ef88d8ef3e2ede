import type { Variant } from '../../variant.ts';

const file = 'client.js';

export const variants: Variant[] = [
    {
        name: 'fixed-stream-address',
        fails: 'page-opens-stream',
        file,
        replace: "new URLSearchParams(location.search).get('stream') ?? '/sse'",
        with: "'/sse'"
    },
    {
        name: 'endpoint-without-the-stream',
        fails: 'page-posts-to-endpoint',
        file,
        replace: 'endpoint = new URL(event.data, stream.url);',
        with: 'endpoint = event.data;'
    },
    {
        name: 'no-content-type',
        fails: 'page-posts-to-endpoint',
        file,
        replace: "headers: { 'Content-Type': 'application/json' },",
        with: ''
    },
    {
        name: 'waits-for-nothing',
        fails: 'page-initializes',
        file,
        replace: "    await request('initialize',",
        with: "    void request('initialize',"
    },
    {
        name: 'sends-text',
        fails: 'page-sends-numbers',
        file,
        replace: 'const b = form.elements.b.valueAsNumber;',
        with: 'const b = form.elements.b.value;'
    },
    {
        name: 'adds-by-itself',
        fails: 'page-shows-result',
        file,
        replace: '`${a} + ${b} = ${content[0].text}`',
        with: '`${a} + ${b} = ${content && a + b}`'
    },
    {
        name: 'last-reply-to-all',
        fails: 'page-matches-ids',
        file,
        replace: '    pending.get(message.id)?.(message);\n    pending.delete(message.id);',
        with: '    for (const resolve of pending.values()) resolve(message);\n    pending.clear();'
    },
    {
        name: 'waits-for-the-202',
        fails: 'page-takes-early-reply',
        file,
        replace:
            '    const replied = new Promise(resolve => pending.set(id, resolve));\n    await post({ id, method, params });\n',
        with: '    await post({ id, method, params });\n    const replied = new Promise(resolve => pending.set(id, resolve));\n'
    },
    {
        name: 'takes-a-ping-for-the-reply',
        fails: 'page-ignores-other-messages',
        file,
        replace:
            "    if (message.method === 'ping') return post({ id: message.id, result: {} });\n    // Other requests and notifications of the server: this page has no use for them.\n    if (message.method) return;\n",
        with: ''
    },
    {
        name: 'ignores-the-ping',
        fails: 'page-answers-ping',
        file,
        replace: "    if (message.method === 'ping') return post({ id: message.id, result: {} });\n",
        with: ''
    },
    {
        name: 'answers-with-its-own-id',
        fails: 'page-answers-ping',
        file,
        replace: 'return post({ id: message.id, result: {} });',
        with: 'return post({ id: lastId + 1, result: {} });'
    },
    {
        name: 'hides-the-error',
        fails: 'page-shows-error',
        file,
        replace: "        item.classList.toggle('error', isError === true);\n",
        with: "        if (isError) console.log('error');\n"
    },
    {
        name: 'initializes-once',
        fails: 'page-initializes-again',
        file,
        replace: '        status.textContent = error.message;\n    }\n});',
        with: '        status.textContent = error.message;\n    }\n}, { once: true });'
    },
    {
        name: 'waits-for-the-old-stream',
        fails: 'page-ends-pending',
        file,
        replace: "    for (const resolve of pending.values()) resolve({ error: { message: 'the stream dropped' } });\n",
        with: ''
    }
];
