import type { RecordedFact, Transcript } from './transcript.ts';

/** The clock of a replay. */
interface ReplayClock {
    /** Milliseconds. Never goes back. */
    now(): number;
    /** Calls back once, after `ms` milliseconds, unless the returned function is called before. */
    schedule(callback: () => void, ms: number): () => void;
}

export interface ReplayOptions {
    clock: ReplayClock;
    /** Called for each fact when it is due. */
    play(fact: RecordedFact): void;
    /** Called once after the last fact; not if the replay was stopped. */
    ended?(): void;
    /**
     * The speed, as a multiple of the original; `Infinity` plays everything at once.
     * @default 1
     */
    speed?: number;
}

export interface Replay {
    /** The current time in the transcript, for countdowns. */
    now(): number;
    /** Continues at another speed; 0 pauses. */
    setSpeed(speed: number): void;
    stop(): void;
}

/**
 * Replays a transcript with its original pauses, or faster. Facts that are due at once are played before this function
 * returns.
 */
export function startReplay({ facts }: Transcript, options: ReplayOptions): Replay {
    const { clock, play, ended = () => {} } = options;
    let speed = options.speed ?? 1;
    let next = 0;
    let cancel = () => {};
    let stopped = false;
    // The time in the transcript when the speed was last set.
    let anchor = { wall: clock.now(), at: facts[0]?.at ?? 0 };
    const end = facts.at(-1)?.at ?? 0;

    const now = (): number => {
        const passed = clock.now() - anchor.wall;
        // Not the product, which is NaN while no time has passed.
        if (speed === Number.POSITIVE_INFINITY) return end;
        return Math.min(end, anchor.at + passed * speed);
    };
    const run = (): void => {
        cancel();
        let due = facts[next];
        for (; due && !stopped && due.at <= now(); due = facts[next]) {
            // Counted first, because playing the fact may change the speed.
            next++;
            play(due);
        }
        if (stopped) return;
        if (!due) {
            stopped = true;
            ended();
        } else if (speed > 0) cancel = clock.schedule(run, (due.at - now()) / speed);
    };
    const stop = (): void => {
        stopped = true;
        cancel();
    };

    run();
    return {
        now,
        stop,
        setSpeed(faster) {
            if (stopped) return;
            anchor = { wall: clock.now(), at: now() };
            speed = faster;
            run();
        }
    };
}
