import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { type CallToolResult, ErrorCode, McpError, type Tool } from '@modelcontextprotocol/sdk/types.js';

const CALL_LIMIT_MS = 1000;

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
    // TODO 5: when the stream drops, close the client, and forget the connection.
    // TODO 1: connect the client instead of this line.
    console.log(`not connected to ${url} yet`);
    return client;
}

/** Calls a tool once; returns the line to print. */
async function callOnce({ name, args }: Call): Promise<string> {
    // TODO 3: call the tool, and wait CALL_LIMIT_MS at most, instead of this line.
    return describe({ content: [{ type: 'text', text: `not called yet: ${name} ${JSON.stringify(args)}` }] });
}

// TODO 4: mark a result with isError as failed.
function describe({ content }: CallToolResult): string {
    const text = content.map(item => (item.type === 'text' ? item.text : `[${item.type}]`)).join(' ');
    return text;
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

// TODO 6: when the stream drops, call again what may be repeated, and return "unknown: …" for the rest.
async function callTool(call: Call, _tool: Tool | undefined): Promise<string> {
    try {
        return await callOnce(call);
    } catch (error) {
        return fail(describeError(error));
    }
}

// TODO 2: list the tools, and print "tools: " and their names, instead of this line.
await connect();
// TODO 3: make all calls at once, instead of this loop.
for (const call of calls) console.log(await callTool(call, undefined));
await (await connection)?.close();
