import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** The time of a clock, updated every `ms` milliseconds while the page is visible. */
export function useNow(now: () => number, everyMs: number): number {
    const shown = useSignal(now());
    useEffect(() => {
        let timer: ReturnType<typeof setInterval> | undefined;
        const read = (): void => {
            shown.value = now();
        };
        const follow = (): void => {
            clearInterval(timer);
            if (document.visibilityState !== 'visible') return;
            read();
            timer = setInterval(read, everyMs);
        };
        follow();
        document.addEventListener('visibilitychange', follow);
        return () => {
            clearInterval(timer);
            document.removeEventListener('visibilitychange', follow);
        };
    }, [now, everyMs]);
    return shown.value;
}
