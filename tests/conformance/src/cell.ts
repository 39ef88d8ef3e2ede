/** What a cell begins with when all went well. */
export const GOOD = '✓';

const LONGEST_REASON = 120;

/** A cell for what did not go well. */
export function toBadCell(error: unknown): string {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `✗ ${reason.slice(0, LONGEST_REASON).replaceAll('|', '/')}`;
}
