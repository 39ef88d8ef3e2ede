export { type JokeApi, type JokeApiBehaviour, startJokeApi } from './joke-api.ts';
export { hasOpenssl, makeCertificate } from './net/certificate.ts';
export { findPort } from './net/find-port.ts';
export { type NginxOptions, type RunningNginx, startNginx } from './net/nginx.ts';
export { type NginxProcess, nginxPath, replaceOnce, runNginx } from './net/run-nginx.ts';
export { clientMain, type RunningProcess, runNode, serverMain, stdioMain } from './process.ts';
export { startServer, type TestServer } from './server.ts';
export { hasTerminals, runInTerminal, type TerminalProcess } from './terminal.ts';
export * from './wire.ts';
