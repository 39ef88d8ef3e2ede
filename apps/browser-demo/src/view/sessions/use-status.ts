import { useComputed } from '@preact/signals';
import type { RecordStore } from '../../state/wire/record.ts';
import type { SessionStatus } from '../../wire/status/session-status.ts';

/** The status of a session in a record. An unchanged status is the same object, so it causes no render. */
export function useStatus({ revision, sessions }: RecordStore, key: string): SessionStatus | undefined {
    return useComputed(() => {
        void revision.value;
        return sessions.get(key);
    }).value;
}
