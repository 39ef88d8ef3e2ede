/** The number of the row in which an event happened. */
export function seqAt(target: EventTarget | null): number | undefined {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-seq]') : null;
    return row ? Number(row.dataset.seq) : undefined;
}
