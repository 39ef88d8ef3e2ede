import type { Variant } from '../../variant.ts';

export const variants: Variant[] = [
    {
        name: 'prints-whole-tools',
        fails: 'client-lists-tools',
        replace: "console.log(`tools: ${tools.map(tool => tool.name).join(', ')}`);",
        with: 'console.log(`tools: ${tools}`);'
    },
    {
        name: 'arguments-as-text',
        fails: 'client-sends-arguments',
        replace: "return [key, value === '' || Number.isNaN(Number(value)) ? value : Number(value)];",
        with: 'return [key, value];'
    },
    {
        name: 'one-after-the-other',
        fails: 'client-calls-at-once',
        replace: 'const lines = await Promise.all(calls.map(call => callTool(call, toolOf.get(call.name))));',
        with: 'const lines: string[] = [];\nfor (const call of calls) lines.push(await callTool(call, toolOf.get(call.name)));'
    },
    {
        name: 'every-error-is-a-drop',
        fails: 'client-ignores-late-reply',
        replace: 'if (error instanceof SseError) setImmediate',
        with: 'if (error || error instanceof SseError) setImmediate'
    },
    {
        name: 'prints-as-replies-come',
        fails: 'client-prints-results',
        replace: 'const lines = await Promise.all(calls.map(call => callTool(call, toolOf.get(call.name))));',
        with: 'const lines: string[] = [];\nawait Promise.all(calls.map(async call => lines.push(await callTool(call, toolOf.get(call.name)))));'
    },
    {
        name: 'never-closes',
        fails: 'client-ends',
        replace: 'await (await connection)?.close();',
        with: ''
    },
    {
        name: 'no-time-limit',
        fails: 'client-time-limit',
        replace: 'const OPTIONS = { timeout: CALL_LIMIT_MS };',
        with: 'const OPTIONS = {};'
    },
    {
        name: 'ignores-is-error',
        fails: 'client-tool-error',
        replace: 'return isError ? fail(`error: ${text}`) : text;',
        with: "return isError && text === '' ? fail('error') : text;"
    },
    {
        name: 'error-with-exit-code-0',
        fails: 'client-tool-error',
        replace: 'return isError ? fail(`error: ${text}`) : text;',
        with: 'return isError ? `error: ${text}` : text;'
    },
    {
        name: 'error-on-standard-error',
        fails: 'client-tool-error',
        replace: 'for (const line of lines) console.log(line);',
        with: "for (const line of lines) line.startsWith('error: ') ? console.error(line) : console.log(line);"
    },
    {
        name: 'waits-for-the-transport',
        fails: 'client-initializes-again',
        replace: 'if (error instanceof SseError) setImmediate(() => client.close());',
        with: 'if (error instanceof SseError) console.error(error.message);'
    },
    {
        name: 'repeats-once',
        fails: 'client-repeats',
        replace: 'const MAX_TRIES = 5;',
        with: 'const MAX_TRIES = 2;'
    },
    {
        name: 'repeats-everything',
        fails: 'client-repeats-nothing-else',
        replace: 'if (!mayRepeat(tool)) return fail(`unknown: the stream dropped, and ${call.name} may have run`);',
        with: 'if (!tool) return fail(`error: there is no tool ${name}`);'
    }
];
