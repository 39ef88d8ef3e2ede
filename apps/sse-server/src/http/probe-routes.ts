import { serverInfo } from '@calc/tools';
import type { Sessions } from '@calc/transport/server';
import { Router } from 'express';
import { allowOnly } from '../access/allow-only.ts';
import type { Stateless } from '../mcp/stateless.ts';

/** `GET /health` (the server runs) and `GET /ready` (it accepts new sessions). They require no token. */
export function probeRoutes(sessions: Sessions, stateless: Stateless, now: () => Date): Router {
    const startedAt = now().getTime();
    const router = Router();
    router.get('/health', (_req, res) => {
        const time = now();
        res.json({
            status: 'ok',
            transport: 'sse',
            connections: sessions.openStreams + stateless.subscriptions,
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
