import {
    Client,
    SdkHttpError,
    SSEClientTransport,
    StreamableHTTPClientTransport,
    type Transport
} from '@modelcontextprotocol/client';

const [address = 'http://localhost:3001/sse', a = '2', b = '3'] = process.argv.slice(2);
const url = new URL(address);
const client = await connect();

const { content } = await client.callTool({ name: 'add', arguments: { a: Number(a), b: Number(b) } });
const [sum] = content;
console.log(client.getNegotiatedProtocolVersion(), sum?.type === 'text' ? sum.text : content);
await client.close();

/** Tries the newest revision first, then sessions, then HTTP+SSE. */
async function connect(): Promise<Client> {
    try {
        return await connectOver(new StreamableHTTPClientTransport(url));
    } catch (error) {
        const status = error instanceof SdkHttpError ? error.status : undefined;
        if (status !== 400 && status !== 404 && status !== 405) throw error;
        return await connectOver(new SSEClientTransport(url));
    }
}

/** A client that failed to connect cannot be used again, so each attempt makes its own. */
async function connectOver(transport: Transport): Promise<Client> {
    const client = new Client({ name: 'lesson-client', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(transport);
    return client;
}
