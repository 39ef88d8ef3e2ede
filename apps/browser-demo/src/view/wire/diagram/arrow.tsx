import type { RowKind } from '../../../wire/diagram/rows.ts';

interface ArrowProps {
    to: 'server' | 'browser';
    kind: RowKind;
}

/** An arrow between the life lines. Its head is filled for a message, open for an answer without one. */
export function Arrow({ to, kind }: ArrowProps) {
    const back = to === 'server' ? -1 : 1;
    const path = `M${9 * back} -4.5L0 0L${9 * back} 4.5`;
    return (
        <svg class="seq-arrow" aria-hidden="true">
            <line x1="0" x2="100%" y1="50%" y2="50%" />
            <svg
                class="seq-arrow-head"
                aria-hidden="true"
                x={to === 'server' ? '100%' : '0'}
                y="50%"
                width="0.625rem"
                height="0.625rem"
                viewBox="0 0 10 10"
                overflow="visible"
            >
                <path d={kind === 'arrow' ? `${path}Z` : path} />
            </svg>
        </svg>
    );
}
