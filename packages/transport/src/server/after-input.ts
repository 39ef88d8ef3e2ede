let waiting: (() => void)[] | undefined;

/**
 * Calls back after all input that has arrived so far was read and handled. If the process was stopped or its event loop
 * was blocked, timers fire before input is read, so a deadline must be checked after this: the client may have sent
 * something in time. It takes two turns of the event loop: one accepts new connections, the next one reads from them.
 */
export function afterInput(callback: () => void): void {
    if (!waiting) {
        waiting = [];
        setImmediate(() => setImmediate(runAll));
    }
    waiting.push(callback);
}

function runAll(): void {
    const callbacks = waiting ?? [];
    waiting = undefined;
    for (const callback of callbacks) callback();
}
