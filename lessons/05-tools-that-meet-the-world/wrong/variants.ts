import type { Variant } from '../../variant.ts';

const file = 'tools.ts';

export const variants: Variant[] = [
    {
        name: 'echo-refuses-empty-text',
        file,
        fails: 'echo-unchanged',
        replace: "z.string().describe('Any text')",
        with: "z.string().min(1).describe('Any text')"
    },
    {
        name: 'echo-trims',
        file,
        fails: 'echo-unchanged',
        replace: 'text(message)',
        with: 'text(message.trim())'
    },
    {
        name: 'echo-with-a-prefix',
        file,
        fails: 'echo-unchanged',
        replace: 'text(message)',
        with: 'text(`Echo: ${message}`)'
    },
    {
        name: 'ignores-the-time-zone',
        file,
        fails: 'time-in-zone',
        replace: '{ timeZone, dateStyle',
        with: "{ timeZone: timeZone && 'UTC', dateStyle"
    },
    {
        name: 'time-of-the-start',
        file,
        fails: 'time-in-zone',
        replace: '.format()',
        with: '.format(new Date(2026, 0, 1))'
    },
    {
        name: 'no-is-error',
        file,
        fails: 'unknown-zone-named',
        replace: ', isError: true }',
        with: ' }'
    },
    {
        name: 'zone-not-named',
        file,
        fails: 'unknown-zone-named',
        replace: 'Unknown time zone "${timezone}": use',
        with: 'Unknown time zone: use'
    },
    {
        name: 'falls-back-to-utc',
        file,
        fails: 'unknown-zone-named',
        replace:
            'return { ...text(`Unknown time zone "${timezone}": use a name such as Europe/Paris`), isError: true };',
        with: "return text(formatTime('UTC'));"
    },
    {
        name: 'wrong-member-of-the-answer',
        file,
        fails: 'joke-told',
        replace: 'jokeAnswer.parse(await response.json()).value',
        with: 'z.object({ joke: z.string() }).parse(await response.json()).joke'
    },
    {
        name: 'no-time-limit',
        file,
        fails: 'joke-falls-back',
        replace: ', { signal: AbortSignal.timeout(JOKE_LIMIT_MS) }',
        with: ''
    },
    {
        name: 'tells-the-error-page',
        file,
        fails: 'joke-falls-back',
        replace: '    if (!response.ok) throw new Error(`The joke API answers ${response.status}`);\n',
        with: ''
    },
    {
        name: 'tells-undefined',
        file,
        fails: 'joke-falls-back',
        replace: 'jokeAnswer.parse(await response.json()).value',
        with: 'String(Object(await response.json()).value)'
    },
    {
        name: 'no-built-in-joke',
        file,
        fails: 'joke-falls-back',
        replace:
            '        try {\n            return text(await fetchJoke());\n        } catch {\n            return text(BUILT_IN_JOKE);\n        }',
        with: '        return text(await fetchJoke());'
    },
    {
        name: 'accepts-anything',
        file,
        fails: 'schemas-complete',
        replace: '{ a: z.number(), b: z.number() }',
        with: '{ a: z.any(), b: z.any() }'
    },
    {
        name: 'numbers-as-strings',
        file,
        fails: 'schemas-complete',
        replace:
            "const add = { a: z.number(), b: z.number() };\n    server.registerTool('add', { inputSchema: add }, ({ a, b }) => text(String(a + b)));",
        with: "const add = { a: z.string(), b: z.string() };\n    server.registerTool('add', { inputSchema: add }, ({ a, b }) => text(String(Number(a) + Number(b))));"
    },
    {
        name: 'description-instead-of-schema',
        file,
        fails: 'schemas-complete',
        replace: '{ inputSchema: add }, ({ a, b }) => text(String(a + b))',
        with: "{ description: 'Adds a and b', inputSchema: z.looseObject({}) }, ({ a, b }) => text(String(Number(a) + Number(b)))"
    },
    {
        name: 'wrong-number-is-zero',
        file,
        fails: 'arguments-refused',
        replace: 'b: z.number() };',
        with: 'b: z.preprocess(value => Number(value) || 0, z.number()) };'
    },
    {
        name: 'time-zone-required',
        file,
        fails: 'time-in-zone',
        replace: "z.string().default('UTC')",
        with: 'z.string()'
    }
];
