import type { BrokerLimits } from '../broker/limits.ts';
import type { Clock } from '../clock.ts';

export interface RedisBrokerOptions {
    /** `redis[s]://[[user]:password@]host[:port][/database]` */
    url: string;
    limits: BrokerLimits;
    /**
     * Time after its last report until a process counts as gone, in milliseconds. It reports three times as often.
     * @default 1500
     */
    leaseMs?: number;
    /**
     * Time after which a command without a reply is rejected, in milliseconds.
     * @default 1000
     */
    commandMs?: number;
    /** The clock of reports and of `leaseEnds`. Redis has its own. */
    clock?: Clock;
}

export const DEFAULT_LEASE_MS = 1500;
export const DEFAULT_COMMAND_MS = 1000;

/** Most commands without a reply. A report waits for no command, so it has no more than these before it. */
export const MAX_UNANSWERED = 256;

/** Its timers do not keep the process alive. */
export const realClock: Clock = {
    now: () => performance.now(),
    schedule(callback, ms) {
        const timer = setTimeout(callback, ms).unref();
        return () => clearTimeout(timer);
    }
};
