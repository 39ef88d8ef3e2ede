import { type ReadonlySignal, signal } from '@preact/signals';
import { createExchanges, type Exchanges } from '../model/exchanges.ts';
import { createSessions, type Sessions } from '../model/sessions.ts';
import { createWire, type Wire } from '../model/wire.ts';

/** The record of the wire and what is derived from it, for views. */
export interface RecordStore {
    readonly wire: Wire;
    readonly exchanges: Exchanges;
    readonly sessions: Sessions;
    /** The time of the record, in milliseconds; for countdowns. */
    now(): number;
    /**
     * Changes after the record has changed, at most once for each picture that the browser draws: a view that reads it
     * follows the record, however fast that grows.
     */
    readonly revision: ReadonlySignal<number>;
}

/** @param draw calls back before the browser draws next, as `requestAnimationFrame` does. */
export function createRecordStore(now: () => number, draw: (callback: () => void) => void): RecordStore {
    const wire = createWire({ now });
    const exchanges = createExchanges(wire);
    const sessions = createSessions(wire);
    const revision = signal(0);
    let isDue = false;
    const changed = (): void => {
        if (isDue) return;
        isDue = true;
        draw(() => {
            isDue = false;
            revision.value++;
        });
    };
    wire.subscribe({ added: changed, cleared: changed });
    return { wire, exchanges, sessions, now, revision };
}
