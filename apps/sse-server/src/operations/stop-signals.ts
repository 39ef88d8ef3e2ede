/** How often to look whether the parent is still there, in milliseconds. */
const PARENT_CHECK_MS = 250;

/**
 * Calls `stop` once when the process is asked to end: by SIGINT, by SIGTERM, or, under `npm start`, by the end of its
 * parent. npm runs scripts through a shell, and a shell that is told to end does so without telling its child.
 * A second signal finds no handler any more and ends the process at once.
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
