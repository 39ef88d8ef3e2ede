import { execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { makeCertificate } from './certificate.ts';

const run = promisify(execFile);
const REAL_CONFIGURATION = new URL('../../../deploy/nginx.conf', import.meta.url);
/** Debian keeps it out of the PATH of ordinary users. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** Where nginx is installed; undefined if it is not. */
export const nginxPath = FOLDERS.map(folder => join(folder, 'nginx')).find(path => existsSync(path));

/** Ends nginx with its standard input, and so with this process: a test that runs out of time disposes nothing. */
const ENDED_WITH_US = 'exec 3<&0; (cat <&3; kill $$) >/dev/null 2>&1 & exec "$@" 3<&-';

export interface NginxOptions {
    /** Where the server behind it listens, on 127.0.0.1. */
    upstreamPort: number;
    /** Changes the configuration further, to show what the real one is good for. */
    edit?: (configuration: string) => string;
}

/** nginx as deploy/nginx.conf has it, but for ports and paths; ended when its scope ends. */
export interface RunningNginx extends AsyncDisposable {
    httpPort: number;
    httpsPort: number;
    /** Path of its certificate, self-signed for localhost and calc.example. */
    certificate: string;
    /** What it has written about requests until now. */
    readAccessLog(): Promise<string>;
    /** What it has written about itself until now, and about requests that failed. */
    readonly errorLog: string;
}

/** Starts nginx in front of a server. Rejects with nginx's own words if it does not take the configuration. */
export async function startNginx({ upstreamPort, edit = same => same }: NginxOptions): Promise<RunningNginx> {
    if (!nginxPath) throw new Error('nginx is not installed; try: apt-get install nginx-light');
    const folder = await mkdtemp(join(tmpdir(), 'calc-nginx-'));
    // Its workers may run as another user.
    await chmod(folder, 0o755);
    const certificate = join(folder, 'tls.crt');
    const accessLog = join(folder, 'access.log');
    const httpPort = await findPort(20_000, 24_000);
    const httpsPort = await findPort(24_000, 28_000);
    await makeCertificate(certificate, join(folder, 'tls.key'));
    const real = await readFile(REAL_CONFIGURATION, 'utf8');
    const configuration = replaceOnce(real.replaceAll(' /tmp/', ` ${folder}/`), {
        'worker_processes auto;': 'worker_processes 1;',
        'server server:3001;': `server 127.0.0.1:${upstreamPort};`,
        'listen 8080 ': `listen 127.0.0.1:${httpPort} `,
        'listen 8443 ': `listen 127.0.0.1:${httpsPort} `,
        '/etc/nginx/certs/tls.crt': certificate,
        '/etc/nginx/certs/tls.key': join(folder, 'tls.key')
    }).replaceAll('/dev/stdout', accessLog);
    await writeFile(join(folder, 'nginx.conf'), edit(configuration));

    const args = ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')];
    await run(nginxPath, [...args, '-t']);
    const command = ['-c', ENDED_WITH_US, 'sh', nginxPath, ...args, '-g', 'daemon off;'];
    const nginx = spawn('sh', command, { stdio: ['pipe', 'ignore', 'pipe'] });
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
        httpPort,
        httpsPort,
        certificate,
        readAccessLog: () => readFile(accessLog, 'utf8'),
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

/** A free port that the system does not hand out by itself: nginx cannot be given 0 and asked what it got. */
async function findPort(min: number, max: number): Promise<number> {
    for (;;) {
        const port = randomInt(min, max);
        const probe = createServer().listen(port, '127.0.0.1');
        const isFree = await once(probe, 'listening').then(
            () => true,
            () => false
        );
        if (!isFree) continue;
        probe.close();
        await once(probe, 'close');
        return port;
    }
}

/** A text that is not there exactly once means that the configuration has changed and this file has not. */
function replaceOnce(text: string, replacements: Record<string, string>): string {
    return Object.entries(replacements).reduce((result, [from, to]) => {
        const parts = result.split(from);
        if (parts.length !== 2)
            throw new Error(`deploy/nginx.conf has ${JSON.stringify(from)} ${parts.length - 1} times`);
        return parts.join(to);
    }, text);
}
