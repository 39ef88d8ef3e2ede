import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeCertificate } from './certificate.ts';
import { findPort } from './find-port.ts';
import { type NginxProcess, replaceOnce, runNginx } from './run-nginx.ts';

const REAL_CONFIGURATION = new URL('../../../deploy/nginx.conf', import.meta.url);

export interface NginxOptions {
    /** Where the server behind it listens, on 127.0.0.1. */
    upstreamPort: number;
    /** Changes the configuration further, to show what the real one is good for. */
    edit?: (configuration: string) => string;
}

/** nginx as deploy/nginx.conf has it, but for ports and paths; ended when its scope ends. */
export interface RunningNginx extends NginxProcess {
    httpPort: number;
    httpsPort: number;
    /** Path of its certificate, self-signed for localhost and calc.example. */
    certificate: string;
    /** What it has written about requests until now. */
    readAccessLog(): Promise<string>;
}

/** Starts nginx in front of a server. Rejects with nginx's own words if it does not take the configuration. */
export async function startNginx({ upstreamPort, edit = same => same }: NginxOptions): Promise<RunningNginx> {
    const httpPort = await findPort(20_000, 24_000);
    const httpsPort = await findPort(24_000, 28_000);
    let [certificate, accessLog] = ['', ''];
    const nginx = await runNginx(async folder => {
        certificate = join(folder, 'tls.crt');
        accessLog = join(folder, 'access.log');
        await makeCertificate(certificate, join(folder, 'tls.key'));
        const real = await readFile(REAL_CONFIGURATION, 'utf8');
        const configuration = replaceOnce(real.replaceAll(' /tmp/', ` ${folder}/`), {
            'worker_processes auto;': 'worker_processes 1;',
            'server server:3001;': `server 127.0.0.1:${upstreamPort};`,
            'listen 8080 ': `listen 127.0.0.1:${httpPort} `,
            'listen 8443 ': `listen 127.0.0.1:${httpsPort} `,
            '/etc/nginx/certs/tls.crt': certificate,
            '/etc/nginx/certs/tls.key': join(folder, 'tls.key')
        });
        return `daemon off;\n${edit(configuration.replaceAll('/dev/stdout', accessLog))}`;
    });
    return Object.assign(nginx, {
        httpPort,
        httpsPort,
        certificate,
        readAccessLog: () => readFile(accessLog, 'utf8')
    });
}
