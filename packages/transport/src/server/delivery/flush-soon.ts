interface Flushable {
    flush(): void;
}

let waiting: Set<Flushable> | undefined;

/**
 * Flushes once all the input of this turn of the event loop has been handled, so that the messages that it brings
 * about leave in one write. One callback does for all sessions.
 */
export function flushSoon(target: Flushable): void {
    if (!waiting) {
        waiting = new Set();
        setImmediate(flushAll);
    }
    waiting.add(target);
}

function flushAll(): void {
    const targets = waiting ?? [];
    waiting = undefined;
    for (const target of targets) target.flush();
}
