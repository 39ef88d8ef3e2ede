/**
 * Returns a function that says whether one more line may be written: `max` lines in each window. At the end of a window
 * with more, it calls `tellMore` with the number of lines left out.
 */
export function limitLines(max: number, windowMs: number, tellMore: (count: number) => void): () => boolean {
    let count = 0;
    const end = () => {
        const more = count - max;
        count = 0;
        if (more > 0) tellMore(more);
    };
    return () => {
        // A window starts with its first line, so a quiet server has no timer.
        if (count === 0) setTimeout(end, windowMs).unref();
        count++;
        return count <= max;
    };
}
