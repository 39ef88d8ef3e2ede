import { readFileSync } from 'node:fs';
import { openStream } from '@calc/test-helpers';
import { expect } from 'vitest';
import { behindNginx, openSite } from './nginx-site.ts';

/** A block or a line of a configuration, by its first word. */
function take(configuration: string, name: string): string {
    const [line = ''] = new RegExp(`^ *${name} .*$`, 'm').exec(configuration) ?? [];
    const indent = line.search(/\S/);
    const end = line.endsWith('{') ? `\n${' '.repeat(indent)}}\n` : ';\n';
    const start = configuration.indexOf(line);
    return configuration.slice(start, configuration.indexOf(end, start) + end.length);
}

/** An nginx as distributions set it up, with what docs/deploy.md says to take of the file, and with nothing else. */
function intoOwn(configuration: string): string {
    const guide = readFileSync(new URL('../../../../docs/deploy.md', import.meta.url), 'utf8');
    const [, text = ''] = /^\| nginx that you have \| take (.*?) of the file/m.exec(guide) ?? [];
    const names = [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    expect(names).toContain('location');
    const own = [
        'pid',
        'client_body_temp_path',
        'proxy_temp_path',
        'fastcgi_temp_path',
        'scgi_temp_path',
        'uwsgi_temp_path'
    ];
    const [pid, ...paths] = own.map(name => take(configuration, name));
    const [, log] = /access_log (\S+)/.exec(configuration) ?? [];
    const [, listen] = /(listen \S+) ssl/.exec(configuration) ?? [];
    const certificate = ['ssl_certificate', 'ssl_certificate_key'].map(name => take(configuration, name));
    const forHttp = names.filter(name => name !== 'location').map(name => take(configuration, name));
    return [
        `${pid} error_log stderr notice; worker_processes 1; events {}`,
        `http { ${paths.join('')} access_log ${log};`,
        ...forHttp,
        `server { ${listen} ssl; ${certificate.join('')}`,
        take(configuration, 'location'),
        '} }'
    ].join('\n');
}

for (const [sentence, edit] of [
    ['the logs have no ids of sessions, of requests that fail neither', undefined],
    ['the logs of another nginx that takes parts of the file have none either', intoOwn]
] as const) {
    behindNginx(sentence, async () => {
        await using site = await openSite({}, edit);
        await using stream = await openStream(`${site.url}/sse`);
        await stream.request(1, 'ping');
        await expect.poll(site.nginx.readAccessLog).toContain('"POST /calc/messages" 202');
        await site.server.close();
        await stream.ended;
        expect((await stream.post({ jsonrpc: '2.0', id: 2, method: 'ping' })).status).toBe(502);
        await expect.poll(site.nginx.readAccessLog).toContain('"POST /calc/messages" 502');
        for (const log of [await site.nginx.readAccessLog(), site.nginx.errorLog]) {
            expect(log).not.toContain(stream.sessionId);
        }
    });
}
