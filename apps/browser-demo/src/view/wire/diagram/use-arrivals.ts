import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RecordStore } from '../../../state/wire/record.ts';
import { lastOf, type Row } from '../../../wire/diagram/row.ts';

/** How long the arrival of an entry is animated, in milliseconds. */
const YOUNG_MS = 400;
/** If more entries arrive at once, no arrival is animated. */
const MANY = 6;

/** Returns which rows have just arrived. `newest` is the number of the newest entry. */
export function useArrivals(record: RecordStore, newest: number): (row: Row) => boolean {
    const before = useRef(newest);
    const isCalm = newest - before.current <= MANY;
    useLayoutEffect(() => {
        before.current = newest;
    });
    return row => isCalm && record.now() - lastOf(row).at < YOUNG_MS;
}
