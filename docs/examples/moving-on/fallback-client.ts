import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

const url = new URL(process.env.URL ?? 'http://127.0.0.1:3001/mcp');
const client = await connect();

const { content } = await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
console.log(JSON.stringify(content));
await client.close();

async function connect(): Promise<Client> {
    try {
        return await connectOver(new StreamableHTTPClientTransport(url) as Transport);
    } catch (error) {
        const status = error instanceof StreamableHTTPError ? error.code : undefined;
        if (status !== 400 && status !== 404 && status !== 405) throw error;
        return await connectOver(new SSEClientTransport(url));
    }
}

/** A client that failed to connect cannot be used again, so each attempt makes its own. */
async function connectOver(transport: Transport): Promise<Client> {
    const client = new Client({ name: 'adder-client', version: '1.0.0' });
    await client.connect(transport);
    return client;
}
