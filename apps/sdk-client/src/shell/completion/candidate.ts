/** One possible completion of a word. */
export interface Candidate {
    text: string;
    /** Whether the word continues after this text. @default false */
    isOpen?: boolean;
}

/**
 * Selects the server's values that match the typed text, in any letter case: those that begin with it, else those that
 * contain it. Any other value would delete the typed text.
 */
export function fitting(typed: string, values: readonly string[]): readonly string[] {
    const wanted = typed.toLowerCase();
    const starting = values.filter(value => value.toLowerCase().startsWith(wanted));
    return starting.length > 0 ? starting : values.filter(value => value.toLowerCase().includes(wanted));
}
