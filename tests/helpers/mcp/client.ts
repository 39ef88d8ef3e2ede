import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';

/** The SDK's own client, closed when its scope ends. */
export type TestClient = Client & AsyncDisposable;

/** Connects the SDK's client to an SSE endpoint and shakes hands. */
export async function connectClient(sseUrl: string): Promise<TestClient> {
    const client = new Client({ name: 'test client', version: '1' });
    await client.connect(new SSEClientTransport(new URL(sseUrl)));
    return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}
