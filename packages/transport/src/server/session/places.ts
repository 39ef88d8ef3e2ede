/** A client that holds places, by its credential or its address. */
export interface Holder {
    readonly name: string;
    /** Number of places that it holds. */
    count: number;
}

/** A tenth of `max` is added and reserved for clients that hold few places. */
const RESERVE = 10;
/** A client holds few places if it holds less than a hundredth of `max`. */
const FEW = 100;

/**
 * Counts the places that each client holds of a limited resource, such as sessions. Any client may take a free place. When
 * all `max` places are taken, clients that hold less than a hundredth of them may take a tenth more, so that one client
 * cannot lock the others out.
 */
export class Places {
    readonly #max: number;
    readonly #holders = new Map<string, Holder>();
    #taken = 0;

    constructor(max: number) {
        this.#max = max;
    }

    /** Number of all places, including those reserved for clients that hold few. */
    get limit(): number {
        return this.#max + Math.ceil(this.#max / RESERVE);
    }

    get taken(): number {
        return this.#taken;
    }

    /** Whether all places that are open to any client are taken. */
    get isFull(): boolean {
        return this.#taken >= this.#max;
    }

    /** How many places a client holds. */
    countOf(name: string): number {
        return this.#holders.get(name)?.count ?? 0;
    }

    /** Whether a client holds so few places that it may take a reserved one. */
    holdsFew(name: string): boolean {
        return this.countOf(name) < Math.ceil(this.#max / FEW);
    }

    /** Takes a place for a client. Returns undefined if none is open to it. */
    take(name: string): Holder | undefined {
        const isOpen = !this.isFull || (this.#taken < this.limit && this.holdsFew(name));
        if (!isOpen) return undefined;
        const holder = this.#holders.get(name) ?? { name, count: 0 };
        this.#holders.set(name, holder);
        holder.count++;
        this.#taken++;
        return holder;
    }

    /** Frees a place that `take` returned. */
    release(holder: Holder): void {
        holder.count--;
        this.#taken--;
        if (holder.count === 0) this.#holders.delete(holder.name);
    }
}
