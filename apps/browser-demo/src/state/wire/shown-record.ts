import { type ReadonlySignal, signal } from '@preact/signals';
import { createRecordStore, type RecordStore } from './record.ts';
import { createReplayStore, type PageClock, type ReplayStore, type TranscriptFile } from './replay.ts';
import { createWireView, type WireView } from './wire-view.ts';

/** A record, and the part of it that is visible. */
export interface ShownWire {
    record: RecordStore;
    view: WireView;
}

/** The record that the views of the wire show: that of the page, or that of a replay. */
export interface ShownRecord {
    /** The record of the page's own sessions. */
    readonly record: RecordStore;
    /** What the views of the wire show: the page's own record, or that of the replay. */
    readonly shown: ReadonlySignal<ShownWire>;
    /** The replay, if there is one. */
    readonly replay: ReadonlySignal<ReplayStore | undefined>;
    /**
     * Replays a transcript instead of the page's own record. The sessions of the page continue.
     *
     * @throws {TranscriptError} if the text is not a transcript.
     */
    startReplay(file: TranscriptFile, speed?: number): void;
    /** Shows the page's own record again. */
    endReplay(): void;
}

export function createShownRecord(clock: PageClock): ShownRecord {
    const record = createRecordStore(clock.now, clock.draw);
    const live = { record, view: createWireView(record) };
    const shown = signal(live);
    const replay = signal<ReplayStore>();
    const endReplay = (): void => {
        replay.value?.stop();
        replay.value = undefined;
        shown.value = live;
    };
    return {
        record,
        shown,
        replay,
        endReplay,
        startReplay(file, speed = 1) {
            const started = createReplayStore({ file, speed, ...clock });
            endReplay();
            replay.value = started;
            shown.value = { record: started.record, view: createWireView(started.record) };
        }
    };
}
