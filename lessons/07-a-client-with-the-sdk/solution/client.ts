import { setTimeout } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport, SseError } from '@modelcontextprotocol/sdk/client/sse.js';
import { type CallToolResult, ErrorCode, McpError, type Tool } from '@modelcontextprotocol/sdk/types.js';

const CALL_LIMIT_MS = 1000;
const OPTIONS = { timeout: CALL_LIMIT_MS };

/** One call of the command line, such as `add a=2 b=3`. */
interface Call {
    name: string;
    args: Record<string, string | number>;
}

function parseCall(word: string): Call {
    const [name = '', ...pairs] = word.split(' ');
    const args = pairs.map(pair => {
        const [key = '', value = ''] = pair.split('=');
        return [key, value === '' || Number.isNaN(Number(value)) ? value : Number(value)];
    });
    return { name, args: Object.fromEntries(args) };
}

const [url = 'http://localhost:3001/sse', ...words] = process.argv.slice(2);
const calls = words.map(parseCall);
let connection: Promise<Client> | undefined;

/** The open connection. All calls share it; when its stream drops, the next call opens another. */
function connect(): Promise<Client> {
    connection ??= openConnection();
    return connection;
}

async function openConnection(): Promise<Client> {
    const client = new Client({ name: 'lesson-client', version: '1.0.0' });
    client.onerror = error => {
        // The transport would open a new session that nothing initializes. Only after this callback does it set the timer
        // for that, which close() clears.
        if (error instanceof SseError) setImmediate(() => client.close());
    };
    client.onclose = () => {
        connection = undefined;
    };
    await client.connect(new SSEClientTransport(new URL(url)));
    return client;
}

/** Calls a tool once; returns the line to print. */
async function callOnce({ name, args }: Call): Promise<string> {
    const client = await connect();
    const result = await client.callTool({ name, arguments: args }, undefined, OPTIONS);
    return describe(result as CallToolResult);
}

function describe({ content, isError }: CallToolResult): string {
    const text = content.map(item => (item.type === 'text' ? item.text : `[${item.type}]`)).join(' ');
    return isError ? fail(`error: ${text}`) : text;
}

function describeError(error: unknown): string {
    if (error instanceof McpError && error.code === ErrorCode.RequestTimeout) {
        return `timeout: no reply within ${CALL_LIMIT_MS} ms`;
    }
    return `error: ${error instanceof Error ? error.message : error}`;
}

/** Sets the exit code, so that a script notices; returns the line to print. */
function fail(line: string): string {
    process.exitCode = 1;
    return line;
}

function isDropped(error: unknown): boolean {
    return error instanceof McpError && error.code === ErrorCode.ConnectionClosed;
}

/** Whether a call that may have run already can be sent again. */
function mayRepeat(tool: Tool | undefined): boolean {
    return tool?.annotations?.readOnlyHint === true || tool?.annotations?.idempotentHint === true;
}

const MAX_TRIES = 5;

/** Calls a tool, again if the stream drops and the tool allows it; returns the line to print. */
async function callTool(call: Call, tool: Tool | undefined): Promise<string> {
    for (let tries = 1; ; tries += 1) {
        try {
            return await callOnce(call);
        } catch (error) {
            if (!isDropped(error)) return fail(describeError(error));
            if (!mayRepeat(tool)) return fail(`unknown: the stream dropped, and ${call.name} may have run`);
            if (tries === MAX_TRIES) return fail(`error: the stream dropped ${tries} times`);
            await setTimeout(100 * tries);
        }
    }
}

const { tools } = await (await connect()).listTools();
console.log(`tools: ${tools.map(tool => tool.name).join(', ')}`);
const toolOf = new Map(tools.map(tool => [tool.name, tool]));
const lines = await Promise.all(calls.map(call => callTool(call, toolOf.get(call.name))));
for (const line of lines) console.log(line);
await (await connection)?.close();
