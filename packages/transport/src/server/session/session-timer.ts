import type { Clock } from '../../clock.ts';

/** The session of a timer. */
export interface TimedSession {
    readonly inFlight: number;
    /** Time without any message after which the session ends, in milliseconds. */
    readonly idleMs: number;
    /** Time until the next deadline of a stream, in milliseconds. */
    untilDue(now: number): number;
    /** Handles the deadlines that are due; may end the session. */
    onTick(now: number): void;
    onIdle(): void;
}

/** One timer for all deadlines of a session. Messages do not reset it: when it fires, it checks which deadlines are due. */
export class SessionTimer {
    readonly #session: TimedSession;
    readonly #clock: Clock;
    #lastTraffic: number;
    #hasEnded = false;
    #cancel: (() => void) | undefined;

    constructor(session: TimedSession, clock: Clock) {
        this.#session = session;
        this.#clock = clock;
        this.#lastTraffic = clock.now();
    }

    /** Time of the last traffic, in milliseconds of the clock. */
    get lastTraffic(): number {
        return this.#lastTraffic;
    }

    /** Notes traffic, so that the session is not idle. */
    touch(): void {
        this.#lastTraffic = this.#clock.now();
    }

    /** Sets the timer to the next deadline. */
    arm(): void {
        this.#cancel?.();
        if (this.#hasEnded) return;
        const now = this.#clock.now();
        const untilIdle = this.#session.idleMs - (now - this.#lastTraffic);
        const ms = Math.max(1, Math.ceil(Math.min(this.#session.untilDue(now), untilIdle)));
        this.#cancel = this.#clock.schedule(() => this.#tick(), ms);
    }

    /** Stops the timer. It cannot be armed again. */
    end(): void {
        this.#hasEnded = true;
        this.#cancel?.();
    }

    #tick(): void {
        const now = this.#clock.now();
        // A session with a request in flight is not idle.
        if (this.#session.inFlight > 0) this.#lastTraffic = now;
        if (now - this.#lastTraffic >= this.#session.idleMs) return this.#session.onIdle();
        this.#session.onTick(now);
        this.arm();
    }
}
