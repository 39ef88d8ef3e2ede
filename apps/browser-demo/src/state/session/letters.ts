/** The name of the session with that number: 1 is A, 26 is Z, 27 is AA. */
export function letters(count: number): string {
    const before = Math.floor((count - 1) / 26);
    return (before > 0 ? letters(before) : '') + String.fromCharCode(65 + ((count - 1) % 26));
}
