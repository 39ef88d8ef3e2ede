/**
 * Returns a function that says whether one more line may be written: up to `max` in each window. When a window in which
 * there were more is over, `tellMore` is called with the number of lines that were left out.
 */
export function limitLines(max: number, windowMs: number, tellMore: (count: number) => void): () => boolean {
    let count = 0;
    const end = () => {
        const more = count - max;
        count = 0;
        if (more > 0) tellMore(more);
    };
    return () => {
        // The window begins with its first line, so that a quiet server has no timer.
        if (count === 0) setTimeout(end, windowMs).unref();
        count++;
        return count <= max;
    };
}
