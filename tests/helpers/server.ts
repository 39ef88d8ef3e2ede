import { type Overrides, parseConfig, startServer as start } from '@calc/sse-server';

export interface TestServer extends AsyncDisposable {
    /** Where it listens, without a slash at the end. */
    url: string;
    sseUrl: string;
    mcpUrl: string;
    close(): Promise<void>;
}

/** Tests play the proxy themselves: without a token only this machine reaches the server. */
const usual = { PORT: '0', SHUTDOWN_TIMEOUT_MS: '0', LOG_LEVEL: 'silent', ALLOW_UNAUTHENTICATED: 'true' };

/**
 * Starts the real app on a free port: `env` as its environment variables, `overrides` of what its tools may reach.
 * `npm run test:processes` starts it in three processes, and skips tests with overrides.
 */
export async function startServer(env: Record<string, string> = {}, overrides: Overrides = {}): Promise<TestServer> {
    const variables = { ...usual, ...env };
    const config = parseConfig(variables);
    const redisUrl = process.env.CALC_TEST_REDIS_URL;
    const server = redisUrl
        ? await (await import('./processes/start.ts')).startProcesses({ redisUrl, env: variables, config, overrides })
        : await start(config, overrides);
    return { ...server, sseUrl: `${server.url}/sse`, mcpUrl: `${server.url}/mcp` };
}
