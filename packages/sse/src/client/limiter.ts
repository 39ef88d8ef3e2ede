/** Lets at most `limit` tasks run at once; the others wait their turn, in order. */
export function createLimiter(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
    const waiting: (() => void)[] = [];
    let running = 0;

    return async task => {
        if (running === limit) await new Promise<void>(resolve => waiting.push(resolve));
        else running++;
        try {
            return await task();
        } finally {
            // Whoever waits longest takes over the place.
            const next = waiting.shift();
            if (next) next();
            else running--;
        }
    };
}
