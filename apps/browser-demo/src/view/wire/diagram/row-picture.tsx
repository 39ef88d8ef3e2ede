import * as say from '../../../i18n/texts.ts';
import { t, translate } from '../../../state/preferences/language.ts';
import type { Label } from '../../../wire/diagram/label.ts';
import type { Reach } from '../../../wire/diagram/reach.ts';
import type { Row } from '../../../wire/diagram/rows.ts';
import { toDuration } from '../../../wire/duration.ts';
import { toClock } from '../../../wire/entry-text.ts';
import type { Exchange } from '../../../wire/exchanges.ts';
import { directionOf } from '../../../wire/wire-entry.ts';
import { Arrow } from './arrow.tsx';
import { LifeLineParts } from './life-line-parts.tsx';

interface RowPictureProps {
    row: Row;
    label: Label;
    reach: Reach | undefined;
    hasBadges: boolean;
    emphasized: Exchange | undefined;
    colourOf(session: string): number | undefined;
}

/** The picture of one row: the time, the life lines, and the arrow between them. */
export function RowPicture({ row, label, reach, hasBadges, emphasized, colourOf }: RowPictureProps) {
    const [entry] = row.entries;
    const direction = directionOf(entry);
    const { id, text, mark, took, aside } = label;
    return (
        <>
            <span class="seq-since">{toSince(row)}</span>
            <LifeLineParts lines={row.lines} emphasized={emphasized} colourOf={colourOf} />
            {direction !== 'here' && row.kind !== 'fold' && (
                <Arrow to={direction === 'to-server' ? 'server' : 'browser'} kind={row.kind} reach={reach} />
            )}
            <span class="seq-label">
                <span class="seq-said">
                    {hasBadges &&
                        sessionsOf(row).map(session => <SessionBadge session={session} colourOf={colourOf} />)}
                    {id && <span class="seq-id">{translate(id)}</span>}
                    <span class="seq-text">{translate(text)}</span>
                    {mark && (
                        <span class="seq-mark">
                            <span>{translate(mark)}</span>
                        </span>
                    )}
                    {took && <span class="seq-took">{t(say.diagram.took, { duration: took })}</span>}
                </span>
                {aside !== undefined && <span class="seq-aside">{translate(aside)}</span>}
            </span>
        </>
    );
}

function SessionBadge({ session, colourOf }: { session: string; colourOf: RowPictureProps['colourOf'] }) {
    return (
        <span class="seq-session" data-colour={colourOf(session)}>
            {session}
        </span>
    );
}

/** Heartbeats in one row may belong to several sessions. */
function sessionsOf({ entries }: Row): string[] {
    return [...new Set(entries.map(({ session }) => session))].sort();
}

/** The time since the previous row. The first row shows the time of day. */
function toSince({ since, entries: [{ at }] }: Row): string {
    if (since === undefined || since >= 60_000) return toClock(at).slice(0, 8);
    return since < 0.5 ? '' : `+${translate(toDuration(since))}`;
}
