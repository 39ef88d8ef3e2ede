import { type ReadonlySignal, signal } from '@preact/signals';
import { type Bands, createBands } from '../../wire/diagram/bands.ts';
import { createReaches, type Reaches } from '../../wire/diagram/reach.ts';
import { createResumptions, type Resumptions } from '../../wire/diagram/resumptions.ts';
import { createSpans, type Spans } from '../../wire/diagram/spans.ts';
import { createExchanges, type Exchange, type Exchanges } from '../../wire/exchanges.ts';
import { createLastCall } from '../../wire/last-call.ts';
import { createSessions, type Sessions } from '../../wire/status/session-status.ts';
import { createWire, type Wire, type WireOptions } from '../../wire/wire.ts';

/** The record of the wire and what is derived from it, for the views. */
export interface RecordStore {
    readonly wire: Wire;
    readonly exchanges: Exchanges;
    readonly sessions: Sessions;
    readonly spans: Spans;
    readonly resumptions: Resumptions;
    readonly bands: Bands;
    readonly reaches: Reaches;
    /** The last request that a user made. */
    lastCall(): Exchange | undefined;
    /** The time of the record, in milliseconds, for countdowns. */
    now(): number;
    /**
     * Changes after the record has changed, so that a view that reads it follows the record. With few changes it does
     * so at once; with many, once for each repaint.
     */
    readonly revision: ReadonlySignal<number>;
}

/** How many changes between two repaints are shown at once. A call and its reply are within this limit. */
const AT_ONCE = 8;

/** @param draw calls back before the next repaint, like `requestAnimationFrame`. */
export function createRecordStore(
    now: () => number,
    draw: (callback: () => void) => void,
    limits: Omit<WireOptions, 'now'> = {}
): RecordStore {
    const wire = createWire({ now, ...limits });
    const exchanges = createExchanges(wire);
    const sessions = createSessions(wire);
    const bands = createBands(wire);
    const reaches = createReaches(wire, exchanges);
    const spans = createSpans(wire, exchanges, bands);
    const resumptions = createResumptions(wire, exchanges);
    const lastCall = createLastCall(wire, exchanges);
    const revision = signal(0);
    let updates = 0;
    let isDue = false;
    let waitsForDraw = false;
    const update = (): void => {
        isDue = false;
        revision.value++;
    };
    const changed = (): void => {
        if (isDue) return;
        isDue = true;
        if (updates === 0) draw(drawn);
        if (updates < AT_ONCE) queueMicrotask(update);
        else waitsForDraw = true;
        updates++;
    };
    const drawn = (): void => {
        updates = 0;
        if (!waitsForDraw) return;
        waitsForDraw = false;
        update();
    };
    wire.subscribe({ added: changed, cleared: changed });
    return { wire, exchanges, sessions, spans, resumptions, bands, reaches, lastCall, now, revision };
}
