import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const url = new URL(process.env.URL ?? 'http://127.0.0.1:3001/mcp');
const client = new Client({ name: 'adder-client', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
await client.connect(new StreamableHTTPClientTransport(url));

const { content } = await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
console.log(client.getNegotiatedProtocolVersion(), JSON.stringify(content));
await client.close();
