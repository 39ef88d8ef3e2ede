import { type ReadonlySignal, signal } from '@preact/signals';
import { type Replay, startReplay } from '../../wire/transcript/replay.ts';
import { parseTranscript } from '../../wire/transcript/transcript.ts';
import { createRecordStore, type RecordStore } from './record.ts';

/** A transcript as it was opened. */
export interface TranscriptFile {
    /** What the user knows it by. */
    name: string;
    text: string;
}

export interface ReplayStoreOptions {
    file: TranscriptFile;
    speed?: number;
    now(): number;
    schedule(callback: () => void, ms: number): () => void;
    draw(callback: () => void): void;
}

/** A transcript that is played into a record of its own, which views show as they show the live one. */
export interface ReplayStore {
    readonly file: TranscriptFile;
    readonly record: RecordStore;
    /** How many times as fast as it was; 0 while it pauses. */
    readonly speed: ReadonlySignal<number>;
    readonly hasEnded: ReadonlySignal<boolean>;
    setSpeed(speed: number): void;
    stop(): void;
}

/** @throws {TranscriptError} if the text is no transcript. */
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
