import type { Variant } from '../../variant.ts';

export const variants: Variant[] = [
    {
        name: 'connects-by-streamable-http',
        fails: 'client-initializes',
        replace: 'await client.connect(new SSEClientTransport(new URL(url)));',
        with: "const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');\n    await client.connect(new StreamableHTTPClientTransport(new URL(url)) as unknown as SSEClientTransport);"
    },
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
        name: 'prints-as-replies-come',
        fails: 'client-prints-results',
        replace: 'const lines = await Promise.all(calls.map(call => callTool(call, toolOf.get(call.name))));',
        with: 'const lines: string[] = [];\nawait Promise.all(calls.map(async call => lines.push(await callTool(call, toolOf.get(call.name)))));'
    },
    {
        name: 'prints-the-whole-result',
        fails: 'client-prints-results',
        replace: 'return describe(result as CallToolResult);',
        with: 'return JSON.stringify(result) || describe(result as CallToolResult);'
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
        replace: ', undefined, { timeout: CALL_LIMIT_MS });',
        with: ');'
    },
    {
        name: 'one-timeout-ends-all',
        fails: 'client-time-limit',
        replace: 'if (!isDropped(error)) return fail(describeError(error));',
        with: 'if (!isDropped(error)) throw new Error(describeError(error));'
    },
    {
        name: 'ignores-is-error',
        fails: 'client-tool-error',
        replace: 'return isError ? fail(`error: ${text}`) : text;',
        with: "return isError && text === '' ? fail('error') : text;"
    },
    {
        name: 'waits-for-the-transport',
        fails: 'client-initializes-again',
        replace: 'if (error instanceof SseError) setImmediate(() => client.close());',
        with: 'if (error instanceof SseError) console.error(error.message);'
    },
    {
        name: 'keeps-the-old-client',
        fails: 'client-initializes-again',
        replace: '        connection = undefined;\n',
        with: ''
    },
    {
        name: 'repeats-nothing',
        fails: 'client-initializes-again',
        replace: 'if (!mayRepeat(tool)) return',
        with: 'if (!mayRepeat(tool) || tries > 0) return'
    },
    {
        name: 'repeats-once',
        fails: 'client-repeats',
        replace: 'const MAX_TRIES = 5;',
        with: 'const MAX_TRIES = 2;'
    },
    {
        name: 'forgets-idempotent-tools',
        fails: 'client-repeats',
        replace: ' || tool?.annotations?.idempotentHint === true',
        with: ''
    },
    {
        name: 'repeats-everything',
        fails: 'client-repeats-nothing-else',
        replace: 'if (!mayRepeat(tool)) return fail(`unknown: the stream dropped, and ${name} may have run`);',
        with: 'if (!tool) return fail(`error: there is no tool ${name}`);'
    },
    {
        name: 'calls-the-unknown-an-error',
        fails: 'client-repeats-nothing-else',
        replace: 'unknown: the stream dropped, and ${name} may have run',
        with: 'error: the stream dropped, and ${name} did not run'
    }
];
