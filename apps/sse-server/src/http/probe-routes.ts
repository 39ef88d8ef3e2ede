import { serverInfo } from '@calc/tools';
import type { Sessions } from '@calc/transport/server';
import { Router } from 'express';
import { allowOnly } from '../access/allow-only.ts';
import type { RedisState } from '../operations/metrics.ts';

export interface ProbeOptions {
    sessions: Sessions;
    /** The open streams of all workers. */
    countStreams(): number | Promise<number>;
    now(): Date;
    /** There if Redis keeps the sessions. */
    redis: RedisState | undefined;
}

/** `GET /health` (the server runs) and `GET /ready` (it accepts new sessions). They require no token. */
export function probeRoutes({ sessions, countStreams, now, redis }: ProbeOptions): Router {
    const startedAt = now().getTime();
    const router = Router();
    router.get('/health', async (_req, res) => {
        const time = now();
        res.json({
            status: 'ok',
            transport: 'sse',
            connections: await countStreams(),
            timestamp: time.toISOString(),
            uptime: (time.getTime() - startedAt) / 1000,
            version: serverInfo.version
        });
    });
    router.get('/ready', (_req, res) => {
        if (sessions.isDraining) return void res.status(503).json({ status: 'draining' });
        const reason = redis?.whyUnavailable;
        if (reason !== undefined) return void res.status(503).json({ status: 'redis-unavailable', reason });
        res.json({ status: 'ready' });
    });
    router.all(['/health', '/ready'], allowOnly('GET, HEAD'));
    return router;
}
