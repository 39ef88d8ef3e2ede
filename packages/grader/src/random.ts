/** Random inputs that a seed repeats, so that no server can know the answers, and a failure can be seen again. */
export interface Random {
    /** An integer from `min` to `max`, both included. */
    integer(min: number, max: number): number;
    /** A word of eight letters. */
    word(): string;
    /** One of the items. */
    pick<T>(items: readonly [T, ...T[]]): T;
}

/** @param seed an unsigned 32-bit integer. */
export function createRandom(seed: number): Random {
    let state = seed >>> 0;
    // Mulberry32: 32 bits of state are enough for inputs that only must not be guessed.
    const next = () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
    const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
    return {
        integer,
        word: () => String.fromCharCode(...Array.from({ length: 8 }, () => integer(97, 122))),
        pick: items => items[integer(0, items.length - 1)] ?? items[0]
    };
}
