/** Runs `work` once at a time. Calls during a run cause exactly one more run, which the first call waits for. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
    let isRunning = false;
    let isDue = false;
    return async () => {
        isDue = true;
        if (isRunning) return;
        isRunning = true;
        try {
            while (isDue) {
                isDue = false;
                await work();
            }
        } finally {
            isRunning = false;
        }
    };
}
