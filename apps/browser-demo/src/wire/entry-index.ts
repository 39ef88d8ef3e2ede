/** The index of the first entry with at least that number; the length if there is none. The entries are sorted. */
export function indexFrom(entries: readonly { seq: number }[], seq: number): number {
    return firstWhere(entries.length, index => (entries[index]?.seq ?? 0) >= seq);
}

/**
 * Binary search: the first index below `count` for which `isTrue`, which must also be true for all later ones; `count`
 * if there is none.
 */
export function firstWhere(count: number, isTrue: (index: number) => boolean): number {
    let low = 0;
    let high = count;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (isTrue(middle)) high = middle;
        else low = middle + 1;
    }
    return low;
}

/** The index of the entry with that number; -1 if there is none. */
export function indexOfSeq(entries: readonly { seq: number }[], seq: number): number {
    const index = indexFrom(entries, seq);
    return entries[index]?.seq === seq ? index : -1;
}
