import { serverInfo } from '@calc/tools';
import type { Sessions } from '@calc/transport/server';
import { Router } from 'express';
import { allowOnly } from '../access/allow-only.ts';

/** `GET /health` (the server runs) and `GET /ready` (it accepts new sessions). They require no token. @param countStreams all workers' streams. */
export function probeRoutes(sessions: Sessions, countStreams: () => number | Promise<number>, now: () => Date): Router {
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
        const status = sessions.isDraining ? 'draining' : 'ready';
        res.status(sessions.isDraining ? 503 : 200).json({ status });
    });
    router.all(['/health', '/ready'], allowOnly('GET, HEAD'));
    return router;
}
