/** What a word may become. */
export interface Candidate {
    text: string;
    /** Whether more of the same word follows. @default false */
    goesOn?: boolean;
}

/**
 * Those of the server's values that go with what was typed: it may find them by another part than their beginning, or in
 * another case. Others would only take away what was typed.
 */
export function fitting(typed: string, values: readonly string[]): readonly string[] {
    const wanted = typed.toLowerCase();
    const starting = values.filter(value => value.toLowerCase().startsWith(wanted));
    return starting.length > 0 ? starting : values.filter(value => value.toLowerCase().includes(wanted));
}
