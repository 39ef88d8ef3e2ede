import { type Overrides, parseConfig, startServer as start } from '@calc/sse-server';

export interface TestServer extends AsyncDisposable {
    /** Where it listens, without a slash at the end. */
    url: string;
    sseUrl: string;
    mcpUrl: string;
    close(): Promise<void>;
}

/** Starts the real app on a free port: `env` as its environment variables, `overrides` of what its tools may reach. */
export async function startServer(env: Record<string, string> = {}, overrides: Overrides = {}): Promise<TestServer> {
    const server = await start(
        // Tests play the proxy themselves: without a token only this machine reaches the server.
        parseConfig({
            PORT: '0',
            SHUTDOWN_TIMEOUT_MS: '0',
            LOG_LEVEL: 'silent',
            ALLOW_UNAUTHENTICATED: 'true',
            ...env
        }),
        overrides
    );
    return { ...server, sseUrl: `${server.url}/sse`, mcpUrl: `${server.url}/mcp` };
}
