#!/usr/bin/env node
// Runs the server and the page's Vite, which must agree on the server's port: with a port that is taken, Vite would show
// the page of this session with the server of another one. So the port is chosen here, and both get it as PORT.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

const DEFAULT_PORT = 3001;
const ATTEMPTS = 20;

/** The port if it is free, or any free one for 0; undefined if it is taken. */
async function findFree(port) {
    const server = createServer();
    try {
        await once(server.listen({ port, host: process.env.HOST || '127.0.0.1' }), 'listening');
        return server.address().port;
    } catch (error) {
        // The server words every other mistake, such as a HOST that does not exist.
        return error.code === 'EADDRINUSE' ? undefined : port;
    } finally {
        server.close();
    }
}

async function choosePort() {
    const asked = process.env.PORT?.trim();
    if (asked) {
        const isPort = /^\d{1,5}$/.test(asked) && Number(asked) < 65_536;
        const port = isPort ? await findFree(Number(asked)) : undefined;
        if (!isPort) console.error(`PORT must be a number from 0 to 65535, got ${JSON.stringify(asked)}`);
        else if (port === undefined) console.error(`Port ${asked} is taken; choose another, or leave PORT out`);
        return port;
    }
    for (let port = DEFAULT_PORT; port < DEFAULT_PORT + ATTEMPTS; port++) {
        if ((await findFree(port)) === undefined) continue;
        if (port !== DEFAULT_PORT) console.log(`Port ${DEFAULT_PORT} is taken, so the server takes port ${port}`);
        return port;
    }
    console.error(`The ports ${DEFAULT_PORT} to ${DEFAULT_PORT + ATTEMPTS - 1} are taken; choose another with PORT`);
    return undefined;
}

const port = await choosePort();
if (port === undefined) process.exitCode = 1;
else {
    const turbo = [
        'node_modules/turbo/bin/turbo',
        'run',
        'dev',
        '--filter=@calc/sse-server',
        '--filter=@calc/browser-demo'
    ];
    const child = spawn(process.execPath, turbo, { stdio: 'inherit', env: { ...process.env, PORT: String(port) } });
    // On ctrl-C a terminal signals all processes, and this one ends last.
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    const [code] = await once(child, 'exit');
    process.exitCode = code ?? 0;
}
