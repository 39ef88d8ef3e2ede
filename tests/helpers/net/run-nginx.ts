import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Debian keeps it out of the PATH of ordinary users. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** Where nginx is installed; undefined if it is not. */
export const nginxPath = FOLDERS.map(folder => join(folder, 'nginx')).find(path => existsSync(path));

/** Ends nginx with its standard input, and so with this process: a test that runs out of time disposes nothing. */
const ENDED_WITH_US = 'exec 3<&0; (cat <&3; kill $$) >/dev/null 2>&1 & exec "$@" 3<&-';

/** Ended when its scope ends. */
export interface NginxProcess extends AsyncDisposable {
    /** What it has written about itself until now, and about requests that failed. */
    readonly errorLog: string;
}

/**
 * Starts nginx with a configuration that keeps it in the foreground and logs notices to stderr. Rejects with nginx's own
 * words if it does not take the configuration.
 *
 * @param makeConfiguration gets a folder for all files of nginx, which is removed at the end.
 */
export async function runNginx(makeConfiguration: (folder: string) => string | Promise<string>): Promise<NginxProcess> {
    if (!nginxPath) throw new Error('nginx is not installed; try: apt-get install nginx-light');
    const folder = await mkdtemp(join(tmpdir(), 'calc-nginx-'));
    // Its workers may run as another user.
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'nginx.conf'), await makeConfiguration(folder));

    const args = ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')];
    await run(nginxPath, [...args, '-t']);
    const nginx = spawn('sh', ['-c', ENDED_WITH_US, 'sh', nginxPath, ...args], { stdio: ['pipe', 'ignore', 'pipe'] });
    const ended = once(nginx, 'exit');
    let told = '';
    await new Promise<void>((resolve, reject) => {
        nginx.stderr.setEncoding('utf8').on('data', chunk => {
            told += chunk;
            // By then it listens.
            if (told.includes('start worker process ')) resolve();
        });
        void ended.then(() => reject(new Error(`nginx ended: ${told}`)));
    });
    return {
        get errorLog() {
            return told;
        },
        async [Symbol.asyncDispose]() {
            nginx.stdin.end();
            await ended;
            await rm(folder, { recursive: true });
        }
    };
}

/** A text that is not there exactly once means that the configuration has changed and its test has not. */
export function replaceOnce(text: string, replacements: Record<string, string>): string {
    return Object.entries(replacements).reduce((result, [from, to]) => {
        const parts = result.split(from);
        if (parts.length !== 2) {
            throw new Error(`the configuration has ${JSON.stringify(from)} ${parts.length - 1} times`);
        }
        return parts.join(to);
    }, text);
}
