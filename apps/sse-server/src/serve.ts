import type { Config } from './config/config.ts';
import { createLog } from './operations/log.ts';
import { createMetrics } from './operations/metrics.ts';
import { printStart } from './operations/start-lines.ts';
import { onStopSignal } from './operations/stop-signals.ts';
import { surviveRejections } from './operations/unhandled-rejections.ts';
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
    surviveRejections(log, metrics);
    const server = await startServer(config, { metrics });
    onStopSignal(() => void server.close());
    printStart(server.url, config);
}
