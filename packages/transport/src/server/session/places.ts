/** One client that holds places: a credential, else an address. */
export interface Holder {
    readonly name: string;
    /** How many places it holds. */
    count: number;
}

/** The part of `max` that is added for clients that hold few places, as a divisor. */
const RESERVE = 10;
/** The part of `max` below which a client holds few places, as a divisor. */
const FEW = 100;

/**
 * Counts what each client holds of something that is limited, such as sessions. Any client may take free places. When
 * all `max` places are taken, clients that hold less than a hundredth of them may take a tenth more, so that one client
 * cannot keep all others out.
 */
export class Places {
    readonly #max: number;
    readonly #holders = new Map<string, Holder>();
    #taken = 0;

    constructor(max: number) {
        this.#max = max;
    }

    /** The most places that can be taken, those for clients that hold few included. */
    get limit(): number {
        return this.#max + Math.ceil(this.#max / RESERVE);
    }

    get taken(): number {
        return this.#taken;
    }

    /** Whether the places that any client may take are taken. */
    get isFull(): boolean {
        return this.#taken >= this.#max;
    }

    /** How many places a client holds. */
    countOf(name: string): number {
        return this.#holders.get(name)?.count ?? 0;
    }

    /** Whether a client holds so few places that the reserve is for it. */
    holdsFew(name: string): boolean {
        return this.countOf(name) < Math.ceil(this.#max / FEW);
    }

    /** Takes a place for a client; returns undefined if there is none for it. */
    take(name: string): Holder | undefined {
        const isOpen = !this.isFull || (this.#taken < this.limit && this.holdsFew(name));
        if (!isOpen) return undefined;
        const holder = this.#holders.get(name) ?? { name, count: 0 };
        this.#holders.set(name, holder);
        holder.count++;
        this.#taken++;
        return holder;
    }

    /** Gives a place back that `take` returned. */
    release(holder: Holder): void {
        holder.count--;
        this.#taken--;
        if (holder.count === 0) this.#holders.delete(holder.name);
    }
}
