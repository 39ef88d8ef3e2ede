import type { RecordedFact, Transcript } from './transcript.ts';

/** Where a replay gets the time from. */
interface ReplayClock {
    /** Milliseconds, never going back. */
    now(): number;
    /** Calls back once, `ms` milliseconds from now, unless the returned function is called before. */
    schedule(callback: () => void, ms: number): () => void;
}

export interface ReplayOptions {
    clock: ReplayClock;
    /** Told of each fact when its time has come. */
    play(fact: RecordedFact): void;
    /** Told once when all is played; not if it was stopped. */
    ended?(): void;
    /**
     * How many times as fast as it was; `Infinity` for at once.
     * @default 1
     */
    speed?: number;
}

export interface Replay {
    /** The time in the transcript, for countdowns. */
    now(): number;
    /** Goes on from here as fast as that; 0 pauses. */
    setSpeed(speed: number): void;
    stop(): void;
}

/** Plays a transcript with its own pauses, or faster. What is due at once is played before this returns. */
export function startReplay({ facts }: Transcript, options: ReplayOptions): Replay {
    const { clock, play, ended = () => {} } = options;
    let speed = options.speed ?? 1;
    let next = 0;
    let cancel = () => {};
    let stopped = false;
    // Where in the transcript the clock stood when the speed was set.
    let anchor = { wall: clock.now(), at: facts[0]?.at ?? 0 };
    const end = facts.at(-1)?.at ?? 0;

    const now = (): number => {
        const passed = clock.now() - anchor.wall;
        // Not by the product, which is no number where no time has passed.
        if (speed === Number.POSITIVE_INFINITY) return end;
        return Math.min(end, anchor.at + passed * speed);
    };
    const run = (): void => {
        cancel();
        let due = facts[next];
        for (; due && !stopped && due.at <= now(); due = facts[next]) {
            // Counted before it is played, in case that changes the speed.
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
