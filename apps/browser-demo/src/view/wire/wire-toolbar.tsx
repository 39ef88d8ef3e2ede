import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import type { Page } from '../../state/page.ts';
import { t, translate } from '../../state/preferences/language.ts';
import type { ShownWire } from '../../state/wire/shown-record.ts';
import type { TranscriptOpener } from '../../state/wire/transcript-opener.ts';
import { QuietButton } from '../parts/quiet-button.tsx';
import { toggle } from '../parts/signals.ts';
import { FilterBar } from './filter-bar.tsx';
import { ReplayBanner } from './transcript/replay-banner.tsx';
import { TranscriptMenu } from './transcript/transcript-menu.tsx';

interface WireToolbarProps extends ShownWire {
    page: Page;
    opener: TranscriptOpener;
}

/** The toolbar of the wire: filter, pause, clear, transcript. */
export function WireToolbar({ page, record, view, opener }: WireToolbarProps) {
    const filterId = useId();
    const hasFilter = useSignal(false);
    const replay = page.replay.value;
    const isPaused = view.isPaused.value;
    const refusal = opener.refusal.value;
    return (
        <>
            <div class="wire-toolbar">
                {/* A replay has its own pause and cannot be cleared. */}
                {!replay && (
                    <>
                        {isPaused && <span class="missed">{t(say.toolbar.missed, { count: view.missed.value })}</span>}
                        <QuietButton onClick={() => view.setPaused(!isPaused)}>
                            {isPaused ? t(say.toolbar.goOn) : t(say.toolbar.pause)}
                        </QuietButton>
                        <QuietButton onClick={record.wire.clear}>{t(say.wire.clear)}</QuietButton>
                    </>
                )}
                <TranscriptMenu record={record} opener={opener} />
                <QuietButton
                    look="filter-toggle"
                    aria-expanded={hasFilter.value}
                    aria-controls={filterId}
                    onClick={() => toggle(hasFilter)}
                >
                    {t(say.toolbar.filter)}
                    {view.isFiltered.value && ' •'}
                </QuietButton>
            </div>
            <FilterBar id={filterId} record={record} view={view} isOpen={hasFilter.value} />
            <div class="replay" aria-live="polite">
                {replay && <ReplayBanner page={page} replay={replay} />}
            </div>
            {refusal && (
                <div class="refusal" role="alert">
                    <p>{translate(refusal)}</p>
                    <QuietButton onClick={opener.dismiss}>{t(say.replay.dismiss)}</QuietButton>
                </div>
            )}
        </>
    );
}
