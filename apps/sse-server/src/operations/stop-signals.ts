/** How often to check that the parent process still runs, in milliseconds. */
const PARENT_CHECK_MS = 250;

/**
 * Calls `stop` once on SIGINT, on SIGTERM, or, under `npm start`, when the parent process ends: npm runs scripts through a
 * shell, and a shell that gets a signal ends without passing it to its child. A second signal has no handler and ends the
 * process at once.
 */
export function onStopSignal(stop: () => void): void {
    const signals = ['SIGINT', 'SIGTERM'] as const;
    const parent = process.ppid;
    const once = () => {
        for (const signal of signals) process.off(signal, once);
        clearInterval(watch);
        stop();
    };
    for (const signal of signals) process.on(signal, once);
    const watch = process.env.npm_lifecycle_event
        ? setInterval(() => process.ppid !== parent && once(), PARENT_CHECK_MS).unref()
        : undefined;
}
