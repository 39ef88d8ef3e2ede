import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';

const url = new URL(process.env.URL ?? 'http://127.0.0.1:3001/sse');
const client = new Client({ name: 'adder-client', version: '1.0.0' });
await client.connect(new SSEClientTransport(url));

const { content } = await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
console.log(JSON.stringify(content));
await client.close();
