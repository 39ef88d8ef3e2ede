import { type ReadonlySignal, signal } from '@preact/signals';
import { type Replay, startReplay } from '../../wire/transcript/replay.ts';
import { parseTranscript } from '../../wire/transcript/transcript.ts';
import { createRecordStore, type RecordStore } from './record.ts';

/** A file that the user opened. */
export interface TranscriptFile {
    /** The name of the file. */
    name: string;
    text: string;
}

/** The clock of the page. */
export interface PageClock {
    /** Milliseconds since 1970. */
    now(): number;
    /** Calls back once, after `ms` milliseconds, unless the returned function is called before. */
    schedule(callback: () => void, ms: number): () => void;
    /** Calls back before the next repaint. */
    draw(callback: () => void): void;
}

export interface ReplayStoreOptions extends PageClock {
    file: TranscriptFile;
    speed?: number;
}

/** Replays a transcript into a record of its own. The views show it like the live record. */
export interface ReplayStore {
    readonly file: TranscriptFile;
    readonly record: RecordStore;
    /** The speed, as a multiple of the original; 0 while paused. */
    readonly speed: ReadonlySignal<number>;
    readonly hasEnded: ReadonlySignal<boolean>;
    setSpeed(speed: number): void;
    stop(): void;
}

/** @throws {TranscriptError} if the text is not a transcript. */
export function createReplayStore({ file, speed: first = 1, now, schedule, draw }: ReplayStoreOptions): ReplayStore {
    const transcript = parseTranscript(file.text);
    let replay: Replay | undefined;
    const record = createRecordStore(() => replay?.now() ?? transcript.facts[0]?.at ?? 0, draw);
    const speed = signal(first);
    const hasEnded = signal(false);
    replay = startReplay(transcript, {
        clock: { now, schedule },
        speed: first,
        play: ({ session, at, ...fact }) => void record.wire.record(session, fact, at),
        ended() {
            hasEnded.value = true;
        }
    });
    const { setSpeed, stop } = replay;
    return {
        file,
        record,
        speed,
        hasEnded,
        stop,
        setSpeed(next) {
            speed.value = next;
            setSpeed(next);
        }
    };
}
