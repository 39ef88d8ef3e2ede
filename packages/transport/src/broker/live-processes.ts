/** The processes that live, as one of them has learnt from its reports. */
export class LiveProcesses {
    #known = new Set<string>();

    /**
     * Notes which processes live now, and returns those that are gone since the report before.
     *
     * @param isCertain whether a process that is missing is gone. If not, it counts as missing at the next report at the
     *     earliest.
     */
    update(alive: Iterable<string>, isCertain: boolean): readonly string[] {
        const former = this.#known;
        this.#known = new Set(alive);
        const missing = [...former].filter(id => !this.#known.has(id));
        if (isCertain) return missing;
        for (const id of missing) this.#known.add(id);
        return [];
    }

    /** Forgets all: none of them will be reported as gone. */
    clear(): void {
        this.#known.clear();
    }
}
