import type { RequestHandler } from 'express';
import { MemoryStore, rateLimit } from 'express-rate-limit';
import type { RateLimit } from '../config/variable-kinds.ts';
import { clientOf } from './client-of.ts';
import type { Reject } from './reject.ts';

/** Two guards that count in one store. */
export interface RateGuards {
    /** Reports what is left in the RateLimit header fields. */
    withHeaders: RequestHandler;
    /** Sends these headers only when it refuses: on every message they would cost more than the check. */
    withoutHeaders: RequestHandler;
}

/** Limits the requests of one credential, or of one address without credential, in a window of time. */
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
        // Its checks of the options take time at every request.
        validate: false
    });
    // A second `rateLimit` on the same store takes 5 % of a call.
    const withoutHeaders: RequestHandler = async (req, res, next) => {
        const { totalHits } = await store.increment(clientOf(req));
        if (totalHits <= requests) next();
        else withHeaders(req, res, next);
    };
    return { withHeaders, withoutHeaders };
}
