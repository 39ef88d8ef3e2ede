import type { Attempt } from '../../attempt.ts';

/** Time between two questions, in milliseconds: the server of another learner has other work. */
const PAUSE_MS = 20;

/** Asks until the answer is as hoped, or until the time limit is over; returns the last answer. */
export async function askUntil<T>(
    { limitMs }: Attempt,
    ask: () => Promise<T>,
    isHoped: (answer: T) => boolean
): Promise<T> {
    const deadline = Date.now() + limitMs;
    for (;;) {
        const answer = await ask();
        if (isHoped(answer) || Date.now() >= deadline) return answer;
        await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
    }
}
