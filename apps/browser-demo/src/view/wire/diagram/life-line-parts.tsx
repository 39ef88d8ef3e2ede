import { Fragment } from 'preact';
import { isTorn } from '../../../wire/diagram/bands.ts';
import type { LifeLines } from '../../../wire/diagram/lanes.ts';
import type { Exchange } from '../../../wire/exchanges.ts';

interface LifeLinePartsProps {
    lines: LifeLines;
    emphasized: Exchange | undefined;
    colourOf(session: string): number | undefined;
}

/** The life lines in one row: pending requests on that of the browser, event streams and gaps on that of the server. */
export function LifeLineParts({ lines: { bars, bands, gaps }, emphasized, colourOf }: LifeLinePartsProps) {
    return (
        <>
            {gaps.map(({ span, lane, part }) => (
                <span key={span.begin.seq} class={`seq-torn seq-torn-${part}`} style={{ '--band': lane }} />
            ))}
            {bands.map(({ span, lane, part }) => {
                if (!span.opened) return null;
                const isEnd = part === 'end' && isTorn(span);
                const look = `seq-band seq-band-${part} ${isEnd ? 'seq-band-torn' : ''}`;
                return (
                    <Fragment key={span.begin.seq}>
                        <span class={look} data-colour={colourOf(span.session)} style={{ '--band': lane }} />
                        {isEnd && <span class="seq-tear" style={{ '--band': lane }} />}
                    </Fragment>
                );
            })}
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
