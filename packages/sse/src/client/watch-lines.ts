/** Longer than any line that is looked for; of other lines no more is looked at. */
const LONGEST_LINE = 256;

export interface LineWatcher {
    line(text: string): void;
    /** The body has ended, or broken. */
    ended?(): void;
}

/** The same event stream, whose lines are seen as they pass: the readers of it keep some fields to themselves. */
export function watchLines({ status, headers, body }: Response, watcher: LineWatcher): Response {
    if (!body) return new Response(null, { status, headers });
    const reader = body.getReader();
    const decoder = new TextDecoder('latin1');
    let begun = '';
    const watched = new ReadableStream<Uint8Array>({
        async pull(controller) {
            try {
                const { value, done } = await reader.read();
                if (done) {
                    controller.close();
                    return watcher.ended?.();
                }
                // The other half of a CRLF may be still to come.
                const lines = (begun + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
                begun = (lines.pop() ?? '').slice(0, LONGEST_LINE);
                for (const line of lines) watcher.line(line);
                controller.enqueue(value);
            } catch (error) {
                controller.error(error);
                watcher.ended?.();
            }
        },
        cancel: reason => reader.cancel(reason)
    });
    return new Response(watched, { status, headers });
}
