interface Flushable {
    flush(): void;
}

let waiting: Set<Flushable> | undefined;

/**
 * Flushes the target at the end of this turn of the event loop, so that all messages of a turn leave in one write.
 * One callback serves all sessions.
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
