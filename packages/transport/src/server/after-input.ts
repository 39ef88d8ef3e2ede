let waiting: (() => void)[] | undefined;

/**
 * Calls back when what had arrived until now has been read and handled. After the process was stopped, or its event loop
 * was blocked, timers fire before input is read; a deadline is judged after this, or it would end what its client has
 * used in time. It takes two turns of the event loop: one accepts new connections, the next one reads from them.
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
