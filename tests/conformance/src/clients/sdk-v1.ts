import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport, type StdioServerParameters } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type Answer, ask } from './attempt.ts';

export async function sseV1(url: string): Promise<Answer> {
    return await askOver(new SSEClientTransport(new URL(url)));
}

export async function streamableHttpV1(url: string): Promise<Answer> {
    // Its types were not made for `exactOptionalPropertyTypes`.
    return await askOver(new StreamableHTTPClientTransport(new URL(url)) as Transport);
}

const NO_STREAMABLE_HTTP = [400, 404, 405];

/** As the specification of 2025-11-25 has it: Transports, Backwards Compatibility. */
export async function withFallbackV1(url: string): Promise<Answer> {
    try {
        return await streamableHttpV1(url);
    } catch (error) {
        if (!(error instanceof StreamableHTTPError) || !NO_STREAMABLE_HTTP.includes(error.code ?? 0)) throw error;
        return await sseV1(url);
    }
}

/** Starts `server` and speaks to it over its standard input and output. */
export async function stdioV1(server: StdioServerParameters): Promise<Answer> {
    let version: string | undefined;
    const setProtocolVersion = (negotiated: string) => {
        version = negotiated;
    };
    const answer = await askOver(Object.assign(new StdioClientTransport(server), { setProtocolVersion }));
    return { ...answer, version };
}

async function askOver(transport: Transport): Promise<Answer> {
    const client = new Client({ name: 'compatibility', version: '1' });
    try {
        await client.connect(transport);
        return await ask(client);
    } finally {
        await client.close();
        // A client whose `connect` has failed has let go of its transport, which may still try.
        await transport.close();
    }
}
