import type { Config } from './config/config.ts';
import { createLog } from './operations/log.ts';
import { createMetrics } from './operations/metrics.ts';
import { onStopSignal } from './operations/stop-signals.ts';
import { startServer } from './start.ts';

/**
 * Serves until a signal stops the process, and prints the URLs. Warnings go to the log.
 *
 * @throws {ConfigError} if it cannot listen.
 */
export async function serve(config: Config, warnings: readonly string[]): Promise<void> {
    const log = createLog(config.log);
    for (const warning of warnings) log.warn(warning);
    const metrics = createMetrics();
    // A rejected promise ends one request, not the process. An uncaught exception ends the process, because the state may be
    // inconsistent.
    process.on('unhandledRejection', error => {
        metrics.unhandled();
        log.error({ err: error }, 'a promise was rejected without a handler');
    });
    const server = await startServer(config, { metrics });
    onStopSignal(() => void server.close());
    const url = `${server.url}${config.basePath}`;
    // Browsers treat `localhost` as local, so that cookies and secure contexts work.
    console.log(`Page            ${url.replace('//127.0.0.1:', '//localhost:')}/`);
    console.log(`Streamable HTTP ${url}/mcp`);
    console.log(`HTTP+SSE        ${url}/sse`);
    console.log(`Token           ${describeAccess(config)}`);
    if (config.teachingFaults) console.log('Faults          clients can break their own sessions at /faults');
}

function describeAccess({ tokens, isReachable }: Config): string {
    if (tokens.length > 0) return 'required';
    const clients = isReachable ? 'any client that reaches this address' : 'any program on this machine';
    return `none required; ${clients} can connect`;
}
