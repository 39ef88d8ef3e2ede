import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findPort } from './find-port.ts';

const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];

/** Where redis-server is installed; undefined if it is not. */
export const redisPath = FOLDERS.map(folder => join(folder, 'redis-server')).find(path => existsSync(path));

/** Ends Redis with its standard input, and so with this process: a test that runs out of time disposes nothing. */
const ENDED_WITH_US = 'exec 3<&0; (cat <&3; kill $$) >/dev/null 2>&1 & exec "$@" 3<&-';

/** A Redis of one test. Ended when its scope ends. */
export interface RedisProcess extends AsyncDisposable {
    readonly url: string;
    readonly port: number;
    /** Kills it with SIGKILL. */
    kill(): Promise<void>;
    /** Starts it again after `kill`, with what it had written to its disk. */
    start(): Promise<void>;
    /** Removes what it has written, while it is not running. */
    removeData(): Promise<void>;
    /** Copies what it has written until now. */
    saveData(): Promise<void>;
    /** Puts the copy back, while it is not running. */
    restoreData(): Promise<void>;
}

/** Starts a Redis on a free port, with an empty folder. @param settings such as `['--appendonly', 'yes']`. */
export async function runRedis(settings: readonly string[] = []): Promise<RedisProcess> {
    if (!redisPath) throw new Error('redis-server is not installed; try: apt-get install redis-server');
    const path = redisPath;
    const folder = await mkdtemp(join(tmpdir(), 'calc-redis-'));
    const port = await findPort();
    const fixed = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    let current: { end(signal?: 'SIGKILL'): Promise<void> } | undefined;

    async function start() {
        const args = ['-c', ENDED_WITH_US, 'sh', path, ...fixed, ...settings];
        const redis = spawn('sh', args, { stdio: ['pipe', 'pipe', 'inherit'] });
        const ended = once(redis, 'exit');
        let told = '';
        await new Promise<void>((resolve, reject) => {
            redis.stdout.setEncoding('utf8').on('data', chunk => {
                told += chunk;
                if (told.includes('Ready to accept connections')) resolve();
            });
            void ended.then(() => reject(new Error(`redis-server ended: ${told}`)));
        });
        current = {
            async end(signal) {
                if (signal) redis.kill(signal);
                redis.stdin.end();
                await ended;
            }
        };
    }

    async function kill() {
        await current?.end('SIGKILL');
        current = undefined;
    }

    const data = join(folder, 'appendonlydir');
    const copy = join(folder, 'copy');
    const removeData = () => rm(data, { recursive: true, force: true });
    await start();
    return {
        url: `redis://127.0.0.1:${port}`,
        port,
        kill,
        start,
        removeData,
        saveData: () => cp(data, copy, { recursive: true }),
        async restoreData() {
            await removeData();
            await cp(copy, data, { recursive: true });
        },
        async [Symbol.asyncDispose]() {
            await kill();
            await rm(folder, { recursive: true });
        }
    };
}
