// The product's sessions with slow tools behind them, on Redis if REDIS_URL is set.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultLimits } from '@calc/transport/limits';
import { createRedisBroker } from '@calc/transport/redis';
import { createSessions, inTurn, type McpRequest, type SessionsOptions } from '@calc/transport/server';
import { createSharedSessions, toBrokerLimits } from '@calc/transport/shared';
import { createSlowServer } from './slow-tools.ts';

const { REDIS_URL } = process.env;
const options: SessionsOptions = { endpoint: '/messages', createServer: createSlowServer };
const sessions = await startSessions();
const listener = createServer(inTurn((req: McpRequest, res: ServerResponse) => handle(req, res)));

async function startSessions() {
    if (REDIS_URL === undefined) return createSessions(options);
    const broker = await createRedisBroker({ url: REDIS_URL, limits: toBrokerLimits(defaultLimits) });
    return createSharedSessions({
        ...options,
        broker,
        isRepeatable: ({ method, params }) => method !== 'tools/call' || params?.name !== 'slow-write'
    });
}

function handle(req: McpRequest, res: ServerResponse): void {
    const path = req.url?.split('?', 1)[0];
    const token = req.headers.authorization?.replace('Bearer ', '');
    if (token) req.auth = { token, clientId: token, scopes: [] };
    if (path === '/mcp') sessions.handleStreamable(req, res);
    else if (path === '/messages') sessions.handleMessage(req, res);
    else if (path === '/sse') void sessions.handleStream(req, res);
    else res.end();
}

listener.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(listener.address() as AddressInfo).port}`));
process.once('SIGTERM', () => sessions.drain(10_000).then(() => process.exit()));
