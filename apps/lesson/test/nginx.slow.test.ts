import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gradeServer } from '@calc/grader';
import { type NginxProcess, nginxPath, replaceOnce, runNginx } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { findFreePort } from '../src/learner/free-port.ts';
import { listening, type StartedProcess, startProcess } from '../src/learner/start-process.ts';
import { root } from './helpers.ts';

// The real nginx, with the configuration of lesson 10, in front of both of its solutions.

const lesson = join(root, 'lessons/10-keep-it-running');

const behindNginx = test.skipIf(!nginxPath);

for (const main of ['by-hand.ts', 'server.ts']) {
    behindNginx(`lesson 10 behind nginx: solution/${main} passes its check through nginx.conf`, async () => {
        await using site = await openSite(main);
        const result = await gradeServer('10', { url: site.url }, { seed: 16, limitMs: 10_000 });
        expect(result.checks.filter(({ status }) => status !== 'pass')).toEqual([]);
        expect(result.checks.map(({ id }) => id)).toEqual(
            expect.arrayContaining(['heartbeat', 'resume-replays', 'slow-reader'])
        );
    });
}

// To the server, nginx speaks HTTP/1.0 by default.
const byDefault = { 'proxy_http_version 1.1;': '', 'proxy_buffering off;': '' };
const ignoresHeader = { 'proxy_buffering off;': 'proxy_ignore_headers X-Accel-Buffering;' };

behindNginx('lesson 10 behind nginx: by default, and without X-Accel-Buffering, no event arrives', async () => {
    await using site = await openSite('by-hand.ts', { ...byDefault, ...ignoresHeader });
    expect(await firstFailure(site.url)).toBe('heartbeat');
});

behindNginx(
    'lesson 10 behind nginx: with a buffer, the server does not notice a client that does not read',
    async () => {
        await using site = await openSite('by-hand.ts', ignoresHeader);
        expect(await firstFailure(site.url)).toBe('slow-reader');
    }
);

behindNginx('lesson 10 behind nginx: X-Accel-Buffering of the server turns the buffer off', async () => {
    await using site = await openSite('by-hand.ts', byDefault);
    expect(await firstFailure(site.url)).toBeUndefined();
});

behindNginx('lesson 10 behind nginx: a stream ends that is silent for longer than proxy_read_timeout', async () => {
    await using site = await openSite('by-hand.ts', { 'proxy_read_timeout 60s;': 'proxy_read_timeout 100ms;' });
    const response = await fetch(site.url);
    // The heartbeat comes after 500 ms, so that nginx has given up by then.
    expect(await response.text().catch(() => 'cut')).not.toContain(': heartbeat');
});

async function firstFailure(url: string): Promise<string | undefined> {
    const { checks } = await gradeServer('10', { url }, { seed: 16, limitMs: 2000 });
    return checks.find(({ status }) => status !== 'pass')?.id;
}

interface Site extends AsyncDisposable {
    /** The event stream, through nginx. */
    url: string;
}

/** Starts a solution, and nginx in front of it. */
async function openSite(main: string, edits: Record<string, string> = {}): Promise<Site> {
    const [port, nginxPort] = [await findPort(), await findPort()];
    const server = startProcess(join(lesson, 'solution', main), [], { PORT: String(port) });
    await listening(server, port);
    const nginx = await startNginx(port, nginxPort, edits);
    return {
        url: `http://127.0.0.1:${nginxPort}/sse`,
        async [Symbol.asyncDispose]() {
            await nginx[Symbol.asyncDispose]();
            await stop(server);
        }
    };
}

const findPort = () => findFreePort(randomInt(20_000, 28_000));

function startNginx(port: number, nginxPort: number, edits: Record<string, string>): Promise<NginxProcess> {
    const real = readFileSync(join(lesson, 'nginx.conf'), 'utf8');
    return runNginx(folder => {
        const configuration = replaceOnce(real.replaceAll(' /tmp/', ` ${folder}/`), {
            'listen 127.0.0.1:8080;': `listen 127.0.0.1:${nginxPort};`,
            'proxy_pass http://127.0.0.1:3001;': `proxy_pass http://127.0.0.1:${port};`,
            ...edits
        });
        return `error_log stderr notice;\n${configuration}`;
    });
}

const stop = (server: StartedProcess) => server[Symbol.asyncDispose]();
