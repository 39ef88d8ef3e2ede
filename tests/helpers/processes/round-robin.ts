import { findPort } from '../net/find-port.ts';
import { type NginxProcess, runNginx } from '../net/run-nginx.ts';

export interface RoundRobinOptions {
    /** Where it listens; 0 for any free port. */
    port: number;
    /** URLs of the servers behind it. */
    servers: readonly [string, ...string[]];
    /** URL of a server for the figures of all processes. */
    sums: string;
    /** The time limits of the servers, which become those of nginx. */
    keepAliveMs: number;
    requestTimeoutMs: number;
    /** Paths of a certificate and its key, if the servers speak TLS: then nginx does too. */
    tls: { certificate: string; key: string } | undefined;
}

/** nginx that passes each request to the next server. */
export interface RoundRobin extends NginxProcess {
    /** Without a slash at the end. */
    url: string;
}

/**
 * Starts nginx so that clients notice as little of it as possible: it waits for nothing, keeps no answer, changes no header
 * except those of the connection, and breaks a connection if the server did.
 */
export async function startRoundRobin(options: RoundRobinOptions): Promise<RoundRobin> {
    const url = new URL(options.servers[0]);
    url.port = String(options.port || (await findPort()));
    const nginx = await runNginx(folder => configure(folder, url, options));
    return Object.assign(nginx, { url: url.origin });
}

function configure(folder: string, url: URL, { servers, sums, tls, keepAliveMs, requestTimeoutMs }: RoundRobinOptions) {
    const certificate = tls && `ssl_certificate ${tls.certificate}; ssl_certificate_key ${tls.key};`;
    return `
daemon off;
pid ${folder}/nginx.pid;
error_log stderr notice;
worker_processes 1;
events {
    worker_connections 8192;
}
http {
    access_log off;
    client_body_temp_path ${folder}/client-body;
    proxy_temp_path ${folder}/proxy;
    fastcgi_temp_path ${folder}/fastcgi;
    scgi_temp_path ${folder}/scgi;
    uwsgi_temp_path ${folder}/uwsgi;

    underscores_in_headers on;
    ignore_invalid_headers off;
    merge_slashes off;
    large_client_header_buffers 8 64k;
    client_max_body_size 0;
    chunked_transfer_encoding off;
    keepalive_timeout ${keepAliveMs}ms;
    client_header_timeout ${requestTimeoutMs}ms;
    send_timeout ${requestTimeoutMs}ms;

    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header Connection "";
    proxy_pass_header X-Accel-Buffering;
    proxy_pass_header Date;
    proxy_request_buffering off;
    proxy_buffering off;
    proxy_read_timeout 1h;
    proxy_send_timeout 1h;
    proxy_next_upstream off;
    error_page 502 504 = @broken;

    upstream processes {
        ${servers.map(server => `server ${new URL(server).host} max_fails=0;`).join(' ')}
    }

    server {
        listen ${url.host}${tls ? ' ssl' : ''}${url.host.startsWith('[') ? ' ipv6only=off' : ''};
        ${certificate ?? ''}
        location / {
            proxy_pass ${url.protocol}//processes;
        }
        location ~ ^(/calc.*)?/(health|metrics)$ {
            proxy_pass ${tls ? 'https://processes' : sums};
        }
        location @broken {
            # Closes the connection without an answer.
            return 444;
        }
    }
}
`;
}
