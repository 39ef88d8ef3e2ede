import {
    Client,
    SSEClientTransport,
    StreamableHTTPClientTransport,
    type Transport
} from '@modelcontextprotocol/client';
import { StdioClientTransport, type StdioServerParameters } from '@modelcontextprotocol/client/stdio';
import { type Answer, ask } from './attempt.ts';

/** `legacy` shakes hands as before; `auto` asks for 2026-07-28 first, and initializes a session if the server does not support it. */
type Mode = 'legacy' | 'auto';

export async function sseV2(url: string): Promise<Answer> {
    return await askOver(new SSEClientTransport(new URL(url)), 'legacy');
}

export async function streamableHttpV2(url: string, mode: Mode): Promise<Answer> {
    return await askOver(new StreamableHTTPClientTransport(new URL(url)), mode);
}

/** Starts `server` and speaks to it over its standard input and output. */
export async function stdioV2(server: StdioServerParameters, mode: Mode): Promise<Answer> {
    return await askOver(new StdioClientTransport(server), mode);
}

async function askOver(transport: Transport, mode: Mode): Promise<Answer> {
    const client = new Client({ name: 'compatibility', version: '1' }, { versionNegotiation: { mode } });
    try {
        await client.connect(transport);
        return { ...(await ask(client)), version: client.getNegotiatedProtocolVersion() };
    } finally {
        await client.close();
        await transport.close();
    }
}
