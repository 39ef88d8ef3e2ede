import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RecordStore } from '../../../state/wire/record.ts';
import { lastOf, type Row } from '../../../wire/diagram/rows.ts';

/** So long, in milliseconds, an entry is seen to arrive. */
const YOUNG_MS = 400;
/** Of more than that at once nobody could see the arrival. */
const MANY = 6;

/** Tells which rows are shown as they arrive. `newest` is the number of the newest entry. */
export function useArrivals(record: RecordStore, newest: number): (row: Row) => boolean {
    const before = useRef(newest);
    const isCalm = newest - before.current <= MANY;
    useLayoutEffect(() => {
        before.current = newest;
    });
    return row => isCalm && record.now() - lastOf(row).at < YOUNG_MS;
}
