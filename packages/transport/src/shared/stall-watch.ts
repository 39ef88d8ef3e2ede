const LOOK_MS = 250;
/** A gap that no busy process has, in milliseconds. */
const STALL_MS = 1000;

/**
 * Calls `onStall` if this process stood still, as by SIGSTOP or a paused machine, and its lease has ended meanwhile. Others
 * may have done its work. While only the broker is away, the process does not stand still.
 *
 * It uses node's timers: those of the session's clock wait for input first, and then the lease may be renewed.
 *
 * @returns a function that ends the watch.
 */
export function watchStalls(process: { isInLease(): boolean }, onStall: () => void): () => void {
    let lookedAt = performance.now();
    const timer = setInterval(() => {
        const now = performance.now();
        if (now - lookedAt > STALL_MS && !process.isInLease()) onStall();
        lookedAt = now;
    }, LOOK_MS).unref();
    return () => clearInterval(timer);
}
