import { setTimeout as pause } from 'node:timers/promises';
import { parseConfig, type RunningServer, startServer } from '@calc/sse-server';

/**
 * The script of a process that runs servers for tests, as built, several after the other or at once: to start node and to
 * load the app takes a second of CPU, which each test would have to pay three times.
 */

/** Starts the server of that number, with `env` as its environment variables; without `env` closes it. */
export interface Command {
    server: number;
    env?: Record<string, string>;
}

/** Sent when the command has been done; `url` of a server that was started. */
export interface Done {
    server: number;
    url?: string;
    error?: string;
}

const servers = new Map<number, RunningServer>();

process.on('message', async ({ server, env }: Command) => {
    const answer: Done = { server };
    try {
        if (env) {
            const started = await startServer(parseConfig(env));
            await untilReady(started.url);
            servers.set(server, started);
            answer.url = started.url;
        } else {
            await servers.get(server)?.close();
            servers.delete(server);
        }
    } catch (error) {
        answer.error = String(error);
    }
    process.send?.(answer);
});

/** Waits as a load balancer would. */
async function untilReady(url: string): Promise<void> {
    while ((await fetch(`${url}/ready`)).status !== 200) await pause(50);
}

// The process that runs the tests has ended.
process.on('disconnect', () => process.exit());
process.send?.('loaded');
