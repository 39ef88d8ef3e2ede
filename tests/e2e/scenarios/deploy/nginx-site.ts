import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { connect } from 'node:tls';
import { nginxPath, type RunningNginx, startNginx, startServer, type TestServer } from '@calc/test-helpers';
import { test } from 'vitest';
import { parse } from 'yaml';

// The real deploy/nginx.conf, with TLS and its prefix, in front of the real server.

interface Site extends AsyncDisposable {
    server: TestServer;
    nginx: RunningNginx;
    /** A plain port of this machine that leads to nginx through TLS, for taps that know no TLS; with the prefix. */
    url: string;
}

const compose = parse(readFileSync(new URL('../../../../deploy/compose.yaml', import.meta.url), 'utf8'));
const { BASE_PATH, TRUST_PROXY } = compose.services.server.environment;

/** Starts both as deploy/compose.yaml has them, with `env` added. */
export async function openSite(
    env: Record<string, string> = {},
    edit?: (configuration: string) => string
): Promise<Site> {
    const usual = { BASE_PATH, TRUST_PROXY, ALLOWED_HOSTS: 'calc.example', HEARTBEAT_MS: '1000000000' };
    const server = await startServer({ ...usual, ...env });
    const upstreamPort = Number(new URL(server.url).port);
    const nginx = await startNginx({ upstreamPort, ...(edit && { edit }) });
    const tunnel = createServer(plain => {
        const tls = connect({ host: '127.0.0.1', port: nginx.httpsPort, rejectUnauthorized: false });
        // Either end may be cut.
        pipeline(plain, tls, plain).catch(() => {});
    });
    await once(tunnel.listen(0, '127.0.0.1'), 'listening');
    return {
        server,
        nginx,
        url: `http://127.0.0.1:${(tunnel.address() as AddressInfo).port}/calc`,
        async [Symbol.asyncDispose]() {
            await nginx[Symbol.asyncDispose]();
            await server.close();
            tunnel.close();
        }
    };
}

export function behindNginx(title: string, run: () => Promise<void>): void {
    test.skipIf(!nginxPath)(`behind nginx: ${title}`, run);
}
