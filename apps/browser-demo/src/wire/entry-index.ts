/** Where in entries in their order the first one is whose number is not below that; their length if there is none. */
export function indexFrom(entries: readonly { seq: number }[], seq: number): number {
    return firstWhere(entries.length, index => (entries[index]?.seq ?? 0) >= seq);
}

/** The first of so many indices for which it is true, as it is for all after that; `count` if it is for none. */
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

/** Where in entries in their order the one of that number is; -1 if it is not there. */
export function indexOfSeq(entries: readonly { seq: number }[], seq: number): number {
    const index = indexFrom(entries, seq);
    return entries[index]?.seq === seq ? index : -1;
}
