import cluster, { type Worker } from 'node:cluster';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LONGEST_TIMER_MS } from '@calc/transport/limits';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { createLog, type Log } from '../operations/log.ts';
import { printStart } from '../operations/start-lines.ts';
import { onStopSignal } from '../operations/stop-signals.ts';
import { leave, toNumber } from '../peers/address.ts';
import type { ToPrimary, ToWorker } from './messages.ts';
import { createPermitCounter } from './permits.ts';
import { createPrivateFolder, removeOldFolders } from './private-folder.ts';

/** A worker that ends sooner after its start is started again only after this time, in milliseconds. */
const SHORT_LIFE_MS = 1000;
/** Time for a worker to stop after its calls in flight have been answered, in milliseconds. */
const STOP_MS = 2000;
/** In development the sources run as they are. */
const WORKER_FILE = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';

/**
 * Starts the workers, which serve the port together, and starts another one for each that ends. Prints the URLs, and stops
 * the workers on a signal. Warnings go to the log.
 *
 * @throws {ConfigError} if they cannot listen.
 */
export async function servePrimary(config: Config, warnings: readonly string[]): Promise<void> {
    const log = createLog(config.log);
    for (const warning of warnings) log.warn(warning);
    const folder = createPrivateFolder();
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    void removeOldFolders();
    // If this process handed out the connections, one that is on its way to a worker that is killed would never be answered.
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    cluster.setupPrimary({ exec: fileURLToPath(new URL(WORKER_FILE, import.meta.url)), args: [folder] });
    const takePermits = config.rateLimit && createPermitCounter(config.rateLimit, config.workers);
    const ended = config.redisUrl
        ? 'a worker has ended, and others continue its sessions'
        : 'a worker has ended, and its sessions with it';
    let isStopping = false;
    let url = '';

    const fork = (): Promise<string> => {
        const startedAt = performance.now();
        const worker = cluster.fork();
        worker.on('message', (message: ToPrimary) => {
            if (message.kind !== 'take-permits' || !takePermits) return;
            tell(worker, { kind: 'permits', client: message.client, ...takePermits(message.client) });
        });
        return awaitStart(worker, log).finally(() => {
            const again = () => {
                if (!isStopping) fork().then(checkUrl, error => log.error(error.message));
            };
            const replace = (code: number | null, signal: string | null) => {
                leave(folder, toNumber(worker.id));
                if (isStopping) return;
                log.error({ worker: worker.id, code, signal }, ended);
                setTimeout(again, performance.now() - startedAt < SHORT_LIFE_MS ? SHORT_LIFE_MS : 0);
            };
            if (worker.isDead()) replace(worker.process.exitCode, worker.process.signalCode);
            else worker.on('exit', replace);
        });
    };
    const checkUrl = (newUrl: string) => {
        if (newUrl === url) return;
        log.warn({ url: newUrl }, 'all workers ended at once, and PORT=0 chose another port; set PORT to keep it');
        url = newUrl;
    };
    const stop = () => {
        isStopping = true;
        for (const worker of listRunning()) tell(worker, { kind: 'stop' });
        // A worker that hangs would keep the port, and would answer no connection.
        const kill = () => {
            for (const { id, process } of listRunning()) {
                log.error({ worker: id, pid: process.pid }, 'a worker did not stop in time, and is killed');
                process.kill('SIGKILL');
            }
        };
        setTimeout(kill, Math.min(config.shutdownTimeoutMs + STOP_MS, LONGEST_TIMER_MS)).unref();
    };
    try {
        // An error is the same in all workers, so it is reported by the first.
        url = await fork();
        onStopSignal(() => {
            stop();
            endAtSignal(folder);
        });
        await Promise.all(Array.from({ length: config.workers - 1 }, fork));
        printStart(url, config);
    } catch (error) {
        // A signal during the start ends workers that do not handle it yet.
        if (isStopping) return;
        stop();
        throw error;
    }
}

/** Resolves with the address when the worker is listening. */
function awaitStart(worker: Worker, log: Log): Promise<string> {
    return new Promise((resolve, reject) => {
        worker.on('message', (message: ToPrimary) => {
            if (message.kind === 'failed') reject(new ConfigError(message.code, message.message));
            if (message.kind !== 'listening') return;
            log.info({ worker: worker.id, pid: worker.process.pid }, 'worker started');
            resolve(message.url);
        });
        worker.on('exit', () => reject(new ConfigError('cannot-listen', 'A worker ended before it was listening')));
    });
}

/** Ends all processes at the next signal. Those that hang would not notice that this process has ended. */
function endAtSignal(folder: string): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => {
            for (const worker of listRunning()) worker.process.kill('SIGKILL');
            rmSync(folder, { recursive: true, force: true });
            // The signal has no handler any more.
            process.kill(process.pid, signal);
        });
    }
}

function listRunning(): Worker[] {
    return Object.values(cluster.workers ?? {}).filter(worker => worker !== undefined);
}

/** Sends a message, unless the worker has just ended. */
function tell(worker: Worker, message: ToWorker): void {
    if (worker.isConnected()) worker.send(message, () => {});
}
