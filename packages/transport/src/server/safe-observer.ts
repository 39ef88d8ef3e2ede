import type { Observer } from './observer.ts';

const METHODS = Object.keys({
    opened: true,
    attached: true,
    dropped: true,
    resumed: true,
    takenOver: true,
    closed: true,
    evicted: true,
    received: true,
    sent: true,
    rejected: true,
    failed: true,
    defect: true
} satisfies Record<keyof Observer, true>) as (keyof Observer)[];

/** Wraps an observer so that its methods do not throw. Their errors are passed to `defect`. */
export function toSafeObserver(observer: Observer): Observer {
    const report = (error: unknown) => {
        try {
            observer.defect?.(error instanceof Error ? error : new Error(String(error)));
        } catch {
            // `defect` failed as well, and is the only way to report an error.
        }
    };
    const entries = METHODS.filter(name => observer[name]).map(name => {
        const method = observer[name];
        const safe = (...args: unknown[]): void => {
            try {
                if (method) Reflect.apply(method, observer, args);
            } catch (error) {
                report(error);
            }
        };
        return [name, safe] as const;
    });
    return Object.fromEntries(entries);
}
