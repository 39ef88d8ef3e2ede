import type { Reach } from '../../../wire/diagram/reach.ts';
import type { RowKind } from '../../../wire/diagram/row.ts';

interface ArrowProps {
    to: 'server' | 'browser';
    kind: RowKind;
    /** Of a request: what is known of its arrival. */
    reach: Reach | undefined;
    /** Whether it comes out of an event stream. */
    isOnStream: boolean;
}

/** Where an arrow ends that is not known to have arrived. */
const SHORT = '82%';

/**
 * An arrow between the life lines. Its head is filled for a message, open for an answer without one. A request that is not
 * known to have arrived stops short of the server. What comes on a stream begins with a dot on the stream.
 */
export function Arrow({ to, kind, reach, isOnStream }: ArrowProps) {
    const isShort = reach !== undefined && reach.state !== 'reached';
    const end = isShort ? SHORT : '100%';
    const back = to === 'server' ? -1 : 1;
    const path = `M${9 * back} -4.5L0 0L${9 * back} 4.5`;
    return (
        <svg class={`seq-arrow ${isShort ? `seq-arrow-${reach.state}` : ''}`} aria-hidden="true">
            <line x1="0" x2={end} y1="50%" y2="50%" />
            <svg
                class="seq-arrow-head"
                aria-hidden="true"
                x={to === 'server' ? end : '0'}
                y="50%"
                width="0.625rem"
                height="0.625rem"
                viewBox="0 0 10 10"
                overflow="visible"
            >
                <path d={kind === 'arrow' ? `${path}Z` : path} />
            </svg>
            {isOnStream && <circle class="seq-arrow-source" cx="100%" cy="50%" r="0.1875rem" />}
            {reach?.state === 'unknown' && (
                <text class="seq-arrow-doubt" x={end} y="50%" dx="0.5em" dy="0.35em">
                    ?
                </text>
            )}
        </svg>
    );
}
