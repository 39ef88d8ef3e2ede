import type { Signal } from '@preact/signals';
import { useContext, useRef } from 'preact/hooks';
import { toDraft } from '../../../forms/message-draft.ts';
import * as say from '../../../i18n/texts.ts';
import { t } from '../../../state/preferences/language.ts';
import { toClock } from '../../../wire/entry-text.ts';
import { headersOf } from '../../../wire/headers.ts';
import { directionOf, textOf, type WireEntry } from '../../../wire/wire-entry.ts';
import { QuietButton } from '../../parts/quiet-button.tsx';
import { set } from '../../parts/signals.ts';
import { CurlButton } from './curl-button.tsx';
import { FrameHead } from './frame-head.tsx';
import { HeaderFold } from './header-fold.tsx';
import { Marked, SearchWords } from './marked.tsx';
import type { RowState, Way } from './row-state.ts';
import { clamp, prettyTextOf, rowTextOf } from './row-text.ts';
import { SendAgain } from './send-again.tsx';
import type { Sender } from './sender.ts';

interface FrameRowProps {
    entry: WireEntry;
    /** The entry with the answer to a POST. */
    status: WireEntry | undefined;
    /** Whether a request for a stream failed, so that none broke. */
    isAttempt: boolean;
    /** Whether to show the session. */
    hasLetter: boolean;
    isSelected: boolean;
    selected: Signal<number | undefined>;
    state: RowState;
    /** Undefined if the message cannot be sent again. */
    sender: Sender | undefined;
    /** A text for screen readers. */
    said: Signal<string>;
}

const glyphs = { 'to-server': '→', 'to-browser': '←', here: '·' };

/** One entry of the record. */
export function FrameRow(props: FrameRowProps) {
    const { entry, status, isAttempt, hasLetter, isSelected, selected, state, sender, said } = props;
    const words = useContext(SearchWords);
    const editButton = useRef<HTMLButtonElement>(null);
    const { way, hasHeaders, draft } = state;
    const see = (next: Way): void => set(way, next);
    const isEditing = draft.value !== undefined;
    const close = (): void => {
        editButton.current?.focus();
        draft.value = undefined;
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
                <FrameHead entry={entry} status={status} isAttempt={isAttempt} />
                {isLine && (
                    <code>
                        <Marked text={text} />
                    </code>
                )}
            </div>
            <HeaderFold groups={headersOf(entry, status)} isOpen={hasHeaders} />
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
                {sender && (
                    <QuietButton
                        ref={editButton}
                        aria-expanded={isEditing}
                        onClick={() => (isEditing ? close() : set(draft, toDraft(textOf(entry), sender.newId())))}
                    >
                        {t(say.again.edit)}
                    </QuietButton>
                )}
            </div>
            {sender && isEditing && (
                <SendAgain
                    draft={draft}
                    onClose={close}
                    send={async message => {
                        await sender.send(entry, message);
                        close();
                        said.value = t(say.again.sent);
                    }}
                />
            )}
        </>
    );
}
