import type { BrokerLimits } from '../broker/broker.ts';
import type { Limits } from '../server/limits.ts';
import { toRememberedMs } from '../server/wire/idempotency-key.ts';

/** Most events that a stream keeps for replay. Its bytes are limited as well. */
const MAX_EVENTS = 1000;

/** What a broker keeps for sessions with these limits. */
export function toBrokerLimits(limits: Limits): BrokerLimits {
    return {
        maxSessions: limits.maxSessions,
        idleMs: limits.sessionIdleMs,
        maxInFlight: limits.maxInFlight,
        maxEvents: MAX_EVENTS,
        maxBytes: limits.maxBufferedBytes,
        rememberMs: toRememberedMs(limits),
        maxRememberedPosts: limits.maxRememberedPosts
    };
}
