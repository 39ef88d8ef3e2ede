/** Where in entries in their order the first one is whose number is not below that; their length if there is none. */
export function indexFrom(entries: readonly { seq: number }[], seq: number): number {
    let low = 0;
    let high = entries.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((entries[middle]?.seq ?? 0) < seq) low = middle + 1;
        else high = middle;
    }
    return low;
}

/** Where in entries in their order the one of that number is; -1 if it is not there. */
export function indexOfSeq(entries: readonly { seq: number }[], seq: number): number {
    const index = indexFrom(entries, seq);
    return entries[index]?.seq === seq ? index : -1;
}
