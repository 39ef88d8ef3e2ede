import type { RequestHandler } from 'express';
import { MemoryStore, rateLimit, type Store } from 'express-rate-limit';
import type { RateLimit } from '../config/variable-kinds.ts';
import { clientOf } from './client-of.ts';
import type { Reject } from './reject.ts';

/**
 * Limits the requests of one credential, or of one address without credential, in a window of time. The two guards count
 * in one store. `withHeaders` reports what is left in the RateLimit header fields. `withoutHeaders` sends these only when
 * it refuses: on every message they would cost more than the check. Without a limit there are no guards.
 *
 * @param store counts the requests of this process, unless it is one that several workers share.
 */
export function limitRate(limit: RateLimit | null, reject: Reject, store: Store = new MemoryStore()) {
    if (!limit) return { withHeaders: [], withoutHeaders: [] };
    const { requests, windowMs } = limit;
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
    return { withHeaders: [withHeaders], withoutHeaders: [withoutHeaders] };
}
