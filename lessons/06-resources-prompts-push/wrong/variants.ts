import type { Variant } from '../../variant.ts';

const file = 'clock.ts';

export const variants: Variant[] = [
    {
        name: 'time-of-the-start',
        file,
        fails: 'clock-read',
        replace:
            "{ description: 'The time now' }, () => ({\n        contents: [{ uri: CLOCK_URI, mimeType: 'text/plain', text: new Date().toISOString() }]\n    }));",
        with: "{ description: 'The time now' }, read);\n    const text = new Date().toISOString();\n    function read() {\n        return { contents: [{ uri: CLOCK_URI, mimeType: 'text/plain', text }] };\n    }"
    },
    {
        name: 'other-address-in-the-contents',
        file,
        fails: 'clock-read',
        replace: 'contents: [{ uri: CLOCK_URI,',
        with: "contents: [{ uri: 'clock',"
    },
    {
        name: 'prompt-without-the-zone',
        file: 'prompts.ts',
        fails: 'prompt-filled',
        replace: 'What time is it in ${timezone}?',
        with: 'What time is it in the zone {timezone}?'
    },
    {
        name: 'prompt-as-a-string',
        file: 'prompts.ts',
        fails: 'prompt-filled',
        replace: "{ type: 'text', text: `What time is it in ${timezone}? Use server_time.` }",
        with: '`What time is it in ${timezone}? Use server_time.`'
    },
    {
        name: 'no-capability',
        file,
        fails: 'subscribe-offered',
        replace: '    server.server.registerCapabilities({ resources: { subscribe: true } });\n',
        with: ''
    },
    {
        name: 'notifies-every-session',
        file,
        fails: 'update-unasked',
        replace: '    const notify = () => void server.server.sendResourceUpdated({ uri: CLOCK_URI });\n',
        with: '    const notify = () => void server.server.sendResourceUpdated({ uri: CLOCK_URI });\n    listeners.add(notify);\n'
    },
    {
        name: 'one-update-only',
        file,
        fails: 'update-unasked',
        replace: 'for (const listener of listeners) listener();',
        with: 'for (const listener of listeners) listener();\n    listeners.clear();'
    },
    {
        name: 'timer-for-each-session',
        file,
        fails: 'update-unasked',
        replace:
            'setInterval(() => {\n    for (const listener of listeners) listener();\n}, 1000);\n\nexport function addClock(server: McpServer) {\n',
        with: 'export function addClock(server: McpServer) {\n    setInterval(() => {\n        for (const listener of listeners) listener();\n    }, 1000);\n'
    },
    {
        name: 'timer-for-each-subscription',
        file,
        fails: 'update-unasked',
        replace: '        listeners.add(notify);\n',
        with: '        listeners.add(notify);\n        setInterval(() => {\n            for (const listener of listeners) listener();\n        }, 1000);\n'
    },
    {
        name: 'list-changed-instead-of-updated',
        file,
        fails: 'update-unasked',
        replace: 'void server.server.sendResourceUpdated({ uri: CLOCK_URI })',
        with: 'void server.server.sendResourceListChanged()'
    },
    {
        name: 'never-subscribes',
        file,
        fails: 'update-unasked',
        replace: '        listeners.add(notify);\n',
        with: ''
    },
    {
        name: 'ignores-unsubscribe',
        file,
        fails: 'stops-when-asked',
        replace: '        listeners.delete(notify);\n        return {};',
        with: '        return {};'
    },
    {
        name: 'another-function-at-unsubscribe',
        file,
        fails: 'stops-when-asked',
        replace: '        listeners.delete(notify);\n        return {};',
        with: '        listeners.delete(() => notify());\n        return {};'
    },
    {
        name: 'unsubscribes-every-session',
        file,
        fails: 'stops-when-asked',
        replace: '        listeners.delete(notify);\n        return {};',
        with: '        listeners.clear();\n        return {};'
    },
    {
        name: 'sends-after-the-end',
        process: true,
        file,
        fails: 'stops-at-end',
        replace: '    server.server.onclose = () => listeners.delete(notify);\n',
        with: ''
    },
    {
        name: 'only-logs-the-end',
        process: true,
        file,
        fails: 'stops-at-end',
        replace: '    server.server.onclose = () => listeners.delete(notify);\n',
        with: "    process.on('unhandledRejection', error => console.error(String(error)));\n"
    }
];
