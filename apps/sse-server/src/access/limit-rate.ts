import type { RequestHandler } from 'express';
import { MemoryStore, rateLimit } from 'express-rate-limit';
import type { RateLimit } from '../config/variable-kinds.ts';
import { clientOf } from './client-of.ts';
import type { Reject } from './reject.ts';

/** One count of requests, and two ways to keep to it. */
export interface RateGuards {
    /** Tells each client how much is left, by the RateLimit header fields. */
    withHeaders: RequestHandler;
    /** Tells so only whom it refuses: said with every message, it costs more than the check. */
    withoutHeaders: RequestHandler;
}

/** Lets a credential, else an address, send so many requests in a window. */
export function limitRate({ requests, windowMs }: RateLimit, reject: Reject): RateGuards {
    const store = new MemoryStore();
    const withHeaders = rateLimit({
        windowMs,
        limit: requests,
        store,
        keyGenerator: clientOf,
        standardHeaders: 'draft-7',
        legacyHeaders: false,
        handler: (_req, res) => reject(res, 'rate-limit'),
        // It would look with every request for mistakes that the tests would find.
        validate: false
    });
    const withoutHeaders: RequestHandler = async (req, res, next) => {
        const { totalHits } = await store.increment(clientOf(req));
        if (totalHits <= requests) next();
        else withHeaders(req, res, next);
    };
    return { withHeaders, withoutHeaders };
}
