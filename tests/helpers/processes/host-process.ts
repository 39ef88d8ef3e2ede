import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Command, Done } from './host.ts';

const HOST = fileURLToPath(new URL('./host.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A process that runs servers. It ends with this process. */
export interface HostProcess {
    /** Starts a server, and resolves to its URL. */
    start(server: number, env: Record<string, string>): Promise<string>;
    close(server: number): Promise<void>;
}

export async function startHostProcess(): Promise<HostProcess> {
    // It asks itself whether it is ready, whatever its certificate.
    const env = { PATH: process.env.PATH ?? '', NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' };
    const child = fork(HOST, { cwd: ROOT, execArgv: ['--import', 'tsx'], env });
    await once(child, 'message');
    const waiting = new Map<number, (done: Done) => void>();
    child.on('message', (done: Done) => {
        waiting.get(done.server)?.(done);
        waiting.delete(done.server);
    });
    child.on('exit', code => {
        for (const [server, settle] of waiting) settle({ server, error: `a server process ended with code ${code}` });
    });
    // The tests may end while it runs.
    child.unref();
    child.channel?.unref();

    async function run(command: Command): Promise<string> {
        const done = new Promise<Done>(resolve => waiting.set(command.server, resolve));
        child.channel?.ref();
        child.send(command);
        const { url = '', error } = await done;
        if (waiting.size === 0) child.channel?.unref();
        if (error) throw new Error(error);
        return url;
    }

    return {
        start: (server, env) => run({ server, env }),
        async close(server) {
            await run({ server });
        }
    };
}
