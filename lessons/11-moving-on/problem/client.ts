import { Client, SSEClientTransport, type Transport } from '@modelcontextprotocol/client';

const [address = 'http://localhost:3001/sse', a = '2', b = '3'] = process.argv.slice(2);
const url = new URL(address);
const client = await connect();

const { content } = await client.callTool({ name: 'add', arguments: { a: Number(a), b: Number(b) } });
const [sum] = content;
console.log(client.getNegotiatedProtocolVersion(), sum?.type === 'text' ? sum.text : content);
await client.close();

// TODO 4: try Streamable HTTP first. Come here only if the server answers 400, 404 or 405.
async function connect(): Promise<Client> {
    return await connectOver(new SSEClientTransport(url));
}

/** A client that failed to connect cannot be used again, so each attempt makes its own. */
async function connectOver(transport: Transport): Promise<Client> {
    // TODO 4: let the client negotiate the revision.
    const client = new Client({ name: 'lesson-client', version: '1.0.0' });
    await client.connect(transport);
    return client;
}
