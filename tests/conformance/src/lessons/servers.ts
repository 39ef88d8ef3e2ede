import { parseConfig, startServer } from '@calc/sse-server';
import { EVERYTHING, FASTMCP, type Packages } from '../servers/packages.ts';
import type { Running } from '../servers/running.ts';
import { MCP_FRAMEWORK, MCP_PROXY, type Programs, SUPERGATEWAY } from './programs.ts';

/** A server whose event stream is at /sse. */
export interface GradedServer {
    name: string;
    start(port: number): Promise<Running>;
}

/** All servers to grade. */
export function listGraded(packages: Packages, programs: Programs): GradedServer[] {
    return [
        {
            name: 'calculator',
            start: async port =>
                await startServer(parseConfig({ PORT: `${port}`, LOG_LEVEL: 'silent', SHUTDOWN_TIMEOUT_MS: '0' }))
        },
        { name: `fastmcp ${FASTMCP}`, start: packages.startFastmcp },
        { name: `mcp-framework ${MCP_FRAMEWORK}`, start: programs.startFramework },
        { name: `server-everything ${EVERYTHING}, \`sse\``, start: port => packages.startEverything('sse', port) },
        { name: `stdio server behind mcp-proxy ${MCP_PROXY}`, start: programs.startMcpProxy },
        { name: `stdio server behind supergateway ${SUPERGATEWAY}`, start: programs.startSupergateway }
    ];
}
