import type { LifeLines } from '../../../wire/diagram/lanes.ts';
import type { Exchange } from '../../../wire/exchanges.ts';

interface LifeLinePartsProps {
    lines: LifeLines;
    emphasized: Exchange | undefined;
    colourOf(session: string): number | undefined;
}

/** The life lines in one row: pending requests on that of the browser, event streams and gaps on that of the server. */
export function LifeLineParts({ lines: { bars, bands, torn }, emphasized, colourOf }: LifeLinePartsProps) {
    return (
        <>
            {torn && <span class={`seq-torn seq-torn-${torn}`} />}
            {bands.map(({ band, slot, part }) => (
                <span
                    key={band.begin.seq}
                    class={`seq-band seq-band-${part}`}
                    data-colour={colourOf(band.session)}
                    style={{ '--slot': slot }}
                />
            ))}
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
