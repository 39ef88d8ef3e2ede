import { useSignal } from '@preact/signals';
import { useContext } from 'preact/hooks';
import * as say from '../../../i18n/texts.ts';
import { t } from '../../../state/preferences/language.ts';
import { toClock } from '../../../wire/entry-text.ts';
import { directionOf, textOf, type WireEntry } from '../../../wire/wire-entry.ts';
import { QuietButton } from '../../parts/quiet-button.tsx';
import { CurlButton } from './curl-button.tsx';
import { FrameHead } from './frame-head.tsx';
import { Marked, SearchWords } from './marked.tsx';
import { clamp, prettyTextOf, rowTextOf } from './row-text.ts';

/** How a row shows its text. */
type Way = 'short' | 'all' | 'pretty';

/** The callbacks of all rows. */
export interface RowDeeds {
    select(seq: number, isSelected: boolean): void;
    /** Announces a text to screen readers. */
    announce(text: string): void;
    /** The display of the entry as the user set it. It is kept when the row leaves the document. */
    wayOf(entry: WireEntry): Way;
    keepWay(entry: WireEntry, way: Way): void;
}

interface FrameRowProps {
    entry: WireEntry;
    /** The entry with the answer to a POST. */
    status: WireEntry | undefined;
    /** Whether to show the session. */
    hasLetter: boolean;
    isSelected: boolean;
    deeds: RowDeeds;
}

const glyphs = { 'to-server': '→', 'to-browser': '←', here: '·' };

/** One entry of the record. */
export function FrameRow({ entry, status, hasLetter, isSelected, deeds }: FrameRowProps) {
    const words = useContext(SearchWords);
    const way = useSignal(deeds.wayOf(entry));
    const see = (next: Way): void => {
        way.value = next;
        deeds.keepWay(entry, next);
    };
    const direction = directionOf(entry);
    const text = rowTextOf(entry);
    const isLine = entry.kind === 'comment' || entry.kind === 'retry';
    const short = clamp(text, words);
    const hasJson = entry.rpc !== undefined || /^[[{]/.test(textOf(entry));
    const isPretty = way.value === 'pretty';
    const shown = (isPretty && prettyTextOf(entry)) || (way.value === 'short' && short) || text;
    return (
        <>
            <div class="frame-head">
                <button
                    type="button"
                    class="frame-mark"
                    aria-pressed={isSelected}
                    title={t(say.frames.point)}
                    onClick={() => deeds.select(entry.seq, !isSelected)}
                >
                    <time dateTime={new Date(entry.at).toISOString()}>{toClock(entry.at)}</time>
                    {hasLetter && <span class="letter">{entry.session}</span>}
                    <span class="direction" title={t(say.direction[direction])}>
                        <span aria-hidden="true">{glyphs[direction]}</span> {t(say.kind[direction])}
                    </span>
                </button>
                <FrameHead entry={entry} status={status} />
                {isLine && (
                    <code>
                        <Marked text={text} />
                    </code>
                )}
            </div>
            {!isLine && text !== '' && (
                <pre>
                    <Marked text={shown} />
                </pre>
            )}
            {short !== undefined && !isPretty && (
                <QuietButton
                    look="all"
                    aria-expanded={way.value === 'all'}
                    onClick={() => see(way.value === 'all' ? 'short' : 'all')}
                >
                    {way.value === 'all' ? t(say.page.less) : t(say.wire.showAll, { count: text.length })}
                </QuietButton>
            )}
            <div class="frame-deeds">
                {hasJson && (
                    <QuietButton
                        aria-pressed={isPretty}
                        aria-label={t(say.frames.indentJson)}
                        title={t(say.frames.indentJson)}
                        onClick={() => see(isPretty ? 'short' : 'pretty')}
                    >
                        {t(say.frames.indent)}
                    </QuietButton>
                )}
                <CurlButton entry={entry} announce={deeds.announce} />
            </div>
        </>
    );
}
