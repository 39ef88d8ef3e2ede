import type { RequestHandler } from 'express';
import { MemoryStore, rateLimit } from 'express-rate-limit';
import type { RateLimit } from '../config/variable-kinds.ts';
import { clientOf } from './client-of.ts';
import type { Reject } from './reject.ts';

/** Two limiters that count in one store. */
export interface RateGuards {
    /** Reports what is left in the RateLimit header fields. */
    withHeaders: RequestHandler;
    /** Sends these headers only when it refuses: on every message they would cost more than the check. */
    withoutHeaders: RequestHandler;
}

/** Limits the requests of one credential, or of one address without credential, in a window of time. */
export function limitRate({ requests, windowMs }: RateLimit, reject: Reject): RateGuards {
    const options = {
        windowMs,
        limit: requests,
        store: new MemoryStore(),
        keyGenerator: clientOf,
        legacyHeaders: false,
        // The checks cost time at every request, and one of them forbids the shared store.
        validate: false
    };
    const withHeaders = rateLimit({
        ...options,
        standardHeaders: 'draft-7',
        handler: (_req, res) => reject(res, 'rate-limit')
    });
    return { withHeaders, withoutHeaders: rateLimit({ ...options, handler: withHeaders }) };
}
