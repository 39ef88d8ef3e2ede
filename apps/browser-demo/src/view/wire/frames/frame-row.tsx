import { type Signal, useSignal } from '@preact/signals';
import { useContext } from 'preact/hooks';
import * as say from '../../../i18n/texts.ts';
import { t } from '../../../state/preferences/language.ts';
import { toClock } from '../../../wire/entry-text.ts';
import { directionOf, textOf, type WireEntry } from '../../../wire/wire-entry.ts';
import { QuietButton } from '../../parts/quiet-button.tsx';
import { set } from '../../parts/signals.ts';
import { CurlButton } from './curl-button.tsx';
import { FrameHead } from './frame-head.tsx';
import { Marked, SearchWords } from './marked.tsx';
import { clamp, prettyTextOf, rowTextOf } from './row-text.ts';

/** How a row shows its text. */
export type Way = 'short' | 'all' | 'pretty';

interface FrameRowProps {
    entry: WireEntry;
    /** The entry with the answer to a POST. */
    status: WireEntry | undefined;
    /** Whether to show the session. */
    hasLetter: boolean;
    isSelected: boolean;
    selected: Signal<number | undefined>;
    /** How the user set each entry to be shown. It is kept when the row leaves the document. */
    ways: WeakMap<WireEntry, Way>;
    /** A text for screen readers. */
    said: Signal<string>;
}

const glyphs = { 'to-server': '→', 'to-browser': '←', here: '·' };

/** One entry of the record. */
export function FrameRow({ entry, status, hasLetter, isSelected, selected, ways, said }: FrameRowProps) {
    const words = useContext(SearchWords);
    const way = useSignal(ways.get(entry) ?? 'short');
    const see = (next: Way): void => {
        way.value = next;
        ways.set(entry, next);
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
                    onClick={() => set(selected, isSelected ? undefined : entry.seq)}
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
                <CurlButton entry={entry} said={said} />
            </div>
        </>
    );
}
