import type { BrokerLimits } from '../broker/limits.ts';
import type { Limits } from '../server/limits.ts';
import { toRememberedMs } from '../server/wire/idempotency-key.ts';

/** Most events that a stream keeps for replay. Its bytes are limited as well. */
const MAX_EVENTS = 1000;

/** Requests of the largest size that may wait for answers at the same time. */
const LARGE_MESSAGES = 4;

/**
 * Shortest time after which the broker drops a session without use, in milliseconds. The owner ends idle sessions itself;
 * the broker's limit is for sessions without an owner, and must not come first.
 */
const MIN_IDLE_MS = 60_000;

/** What a broker keeps for sessions with these limits. */
export function toBrokerLimits(limits: Limits): BrokerLimits {
    return {
        maxSessions: limits.maxSessions,
        idleMs: Math.max(limits.sessionIdleMs, MIN_IDLE_MS),
        maxInFlight: limits.maxInFlight,
        maxInboxBytes: Math.max(2 * limits.maxBufferedBytes, LARGE_MESSAGES * limits.maxMessageBytes),
        maxEvents: MAX_EVENTS,
        // As much for a client that is behind as for one that was disconnected for it.
        maxBytes: 2 * limits.maxBufferedBytes,
        rememberMs: toRememberedMs(limits),
        maxRememberedPosts: limits.maxRememberedPosts
    };
}
