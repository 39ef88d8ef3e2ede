// One of several processes that serve the port together. The primary process starts it.
import cluster from 'node:cluster';
import { rmdirSync } from 'node:fs';
import { type Config, parseConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { createLog } from '../operations/log.ts';
import { createMetrics } from '../operations/metrics.ts';
import { onStopSignal } from '../operations/stop-signals.ts';
import { surviveRejections } from '../operations/unhandled-rejections.ts';
import { leave, toNumber } from '../peers/address.ts';
import { createPeers } from '../peers/peers.ts';
import { startServer } from '../start.ts';
import type { ToPrimary, ToWorker } from './messages.ts';
import { PermitStore } from './permit-store.ts';

const [folder = ''] = process.argv.slice(2);
const number = toNumber(cluster.worker?.id ?? 0);
let isStopping = false;
let hasDisconnected = false;
const config = readConfig();

const log = createLog(config.log);
const metrics = createMetrics();
surviveRejections(log, metrics);
process.on('exit', () => {
    leave(folder, number);
    if (!process.connected && !hasDisconnected) removeIfEmpty();
});

const { rateLimit, redisUrl } = config;
// With Redis, the requests are counted there.
const rateStore =
    rateLimit && !redisUrl
        ? new PermitStore(
              rateLimit,
              client => tell({ kind: 'take-permits', client }),
              () => log.warn('the primary process does not reply; this worker counts the rate alone')
          )
        : undefined;
const starting = startServer(config, { metrics, rateStore, peers: createPeers(folder, number) });
// The signal may reach this process as well as the primary one, as Ctrl-C does.
onStopSignal(() => void stop());
process.on('message', (message: ToWorker) => {
    if (message.kind === 'stop') void stop();
    else rateStore?.add(message.client, message);
});
try {
    tell({ kind: 'listening', url: (await starting).url });
} catch (error) {
    report(error);
    disconnect();
}

function tell(message: ToPrimary): void {
    process.send?.(message);
}

/** Sends a mistake in the configuration to the primary process, which prints or logs it. */
function report(error: unknown): void {
    if (!(error instanceof ConfigError)) throw error;
    tell({ kind: 'failed', code: error.code, message: error.message });
}

/** The primary process has read it without a mistake, but since then a certificate may have been removed. */
function readConfig(): Config {
    try {
        return toShare(parseConfig(process.env));
    } catch (error) {
        report(error);
        process.exit(2);
    }
}

async function stop(): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    await (await starting).close();
    disconnect();
}

/** Lets this process end. */
function disconnect(): void {
    hasDisconnected = true;
    if (process.connected) process.disconnect();
}

/** If the primary process has ended, node ends the workers at once. The last one removes the folder. */
function removeIfEmpty(): void {
    try {
        rmdirSync(folder);
    } catch {
        // Another worker is still in it.
    }
}

/** The configuration of one of several workers: its share of the limits that cannot be counted together. */
function toShare(whole: Config): Config {
    const { limits, log, redisUrl, workers } = whole;
    return {
        ...whole,
        limits: redisUrl ? limits : { ...limits, maxSessions: Math.ceil(limits.maxSessions / workers) },
        log: { ...log, worker: number }
    };
}
