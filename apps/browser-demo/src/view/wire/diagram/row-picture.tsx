import * as say from '../../../i18n/texts.ts';
import { t, translate } from '../../../state/preferences/language.ts';
import type { Row } from '../../../wire/diagram/row.ts';
import { toDuration } from '../../../wire/duration.ts';
import { toClock } from '../../../wire/entry-text.ts';
import { directionOf } from '../../../wire/wire-entry.ts';
import { Arrow } from './arrow.tsx';
import { FoldMark } from './fold-mark.tsx';
import { LifeLineParts } from './life-line-parts.tsx';
import type { RowContents } from './row-contents.ts';

/** The picture of one row: the time, the life lines, and the arrow between them. */
export function RowPicture({ row, label, reach, bands, hasBadges, emphasized, colourOf }: RowContents) {
    const [entry] = row.entries;
    const direction = directionOf(entry);
    const hasArrow = direction !== 'here' && row.kind !== 'fold' && row.kind !== 'tick';
    const { id, text, mark, remark, took, aside } = label;
    return (
        <>
            {row.fold && <FoldMark fold={row.fold} label={label} />}
            <span class="seq-since">{toSince(row)}</span>
            <LifeLineParts lines={row.lines} emphasized={emphasized} colourOf={colourOf} />
            {hasArrow && (
                <Arrow
                    to={direction === 'to-server' ? 'server' : 'browser'}
                    kind={row.kind}
                    reach={reach}
                    isOnStream={direction === 'to-browser' && bands.length > 0}
                />
            )}
            {row.kind === 'tick' &&
                entry.kind !== 'ended' &&
                bands.map(lane => <span key={lane} class="seq-beat" style={{ '--band': lane }} />)}
            <span class="seq-label">
                <span class="seq-said">
                    {hasBadges &&
                        row.sessions.map(session => (
                            <span key={session} class="seq-session" data-colour={colourOf(session)}>
                                {session}
                            </span>
                        ))}
                    {id && <span class="seq-id">{translate(id)}</span>}
                    <span class="seq-text">{translate(text)}</span>
                    {mark && (
                        <span class="seq-mark">
                            <span>{translate(mark)}</span>
                        </span>
                    )}
                    {remark && <span class="seq-remark">{translate(remark)}</span>}
                    {took && <span class="seq-took">{t(say.diagram.took, { duration: took })}</span>}
                </span>
                {aside !== undefined && (
                    <span class={entry.kind === 'event' ? 'seq-aside seq-event-id' : 'seq-aside'}>
                        {translate(aside)}
                    </span>
                )}
            </span>
        </>
    );
}

/** The time since the previous row. The first row shows the time of day. */
function toSince({ since, entries: [{ at }] }: Row): string {
    if (since === undefined || since >= 60_000) return toClock(at).slice(0, 8);
    return since < 0.5 ? '' : `+${translate(toDuration(since))}`;
}
