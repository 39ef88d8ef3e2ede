import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/**
 * A rejected promise ends one request, not the process. An uncaught exception ends the process, because the state may be
 * inconsistent.
 */
export function surviveRejections(log: Log, metrics: Metrics): void {
    process.on('unhandledRejection', error => {
        metrics.unhandled();
        log.error({ err: error }, 'a promise was rejected without a handler');
    });
}
