import type { LifeLines } from '../../../wire/diagram/lanes.ts';
import type { Exchange } from '../../../wire/exchanges.ts';

interface LifeLinePartsProps {
    lines: LifeLines;
    emphasized: Exchange | undefined;
    colourOf(session: string): number | undefined;
}

/** What is on the life lines in one row: requests that wait on the browser's, and the server's torn. */
export function LifeLineParts({ lines: { bars, torn }, emphasized, colourOf }: LifeLinePartsProps) {
    return (
        <>
            {torn && <span class={`seq-torn seq-torn-${torn}`} />}
            {bars.map(({ span, lane, part }) => (
                <span
                    key={span.begin.seq}
                    class={`seq-bar seq-bar-${part} ${span.begin === emphasized?.sent ? 'seq-out' : ''}`}
                    data-colour={colourOf(span.begin.session)}
                    style={{ '--lane': lane }}
                />
            ))}
        </>
    );
}
