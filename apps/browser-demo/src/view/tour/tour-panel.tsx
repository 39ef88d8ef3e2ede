import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import type { Page } from '../../state/page.ts';
import { t, translate } from '../../state/preferences/language.ts';
import { createTour, type Tour } from '../../state/tour/tour.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { RichText } from '../parts/rich-text.tsx';
import type { TourSignal } from './tour-button.tsx';
import { TourRing } from './tour-ring.tsx';

/** Makes the tour when the user first opens it, and shows its current step. */
export function TourPanel({ page, tour }: { page: Page; tour: TourSignal }) {
    const made = tour.value;
    useLayoutEffect(() => {
        if (made !== 'wanted') return;
        const created = createTour(page);
        created.open();
        tour.value = created;
    }, [made, page, tour]);
    return typeof made === 'object' ? <TourStep page={page} tour={made} /> : null;
}

/** The current step of the tour. The rest of the page stays usable. */
function TourStep({ page, tour }: { page: Page; tour: Tour }) {
    const headingId = useId();
    const heading = useRef<HTMLHeadingElement>(null);
    const place = tour.place.value;
    // Screen readers read the new step, and Tab continues from it.
    useLayoutEffect(() => heading.current?.focus(), [place?.step]);
    if (!place) return null;
    const { step, at, count, isDone, targets } = place;
    const isHindered = step.needsFaults === true && !page.faults.value;
    return (
        <>
            {/* Before the panel, so that the panel is above it. */}
            <TourRing targets={targets} />
            <aside class="tour" aria-labelledby={headingId} onKeyDown={({ key }) => key === 'Escape' && tour.close()}>
                <div class="tour-head">
                    <h2 ref={heading} id={headingId} tabIndex={-1}>
                        <span class="tour-progress">{t(say.tour.progress, { at, count })}</span> {translate(step.title)}
                    </h2>
                    <p class="tour-state" aria-live="polite">
                        {isDone && `✓ ${t(say.tour.done)}`}
                    </p>
                    <div class="buttons">
                        <ActionButton idle={at === 1} onClick={tour.back}>
                            {t(say.tour.back)}
                        </ActionButton>
                        <button type="button" onClick={tour.next}>
                            {t(at < count ? say.tour.next : say.tour.finish)}
                        </button>
                        <button type="button" class="quiet" aria-label={t(say.tour.closeTour)} onClick={tour.close}>
                            {t(say.tour.close)}
                        </button>
                    </div>
                </div>
                <div class="tour-texts" data-part={isHindered ? undefined : isDone ? 'see' : 'act'}>
                    <p class="tour-act">
                        <StepText text={translate(step.act)} />
                    </p>
                    <p class="tour-see">
                        <StepText text={translate(step.see)} />
                    </p>
                </div>
                {isHindered && (
                    <p class="notice">
                        <RichText text={t(say.faults.off)} />
                    </p>
                )}
            </aside>
        </>
    );
}

/** A text in which two asterisks on each side mark the name of a control. */
function StepText({ text }: { text: string }) {
    return (
        <>
            {text.split('**').map((part, index) =>
                index % 2 === 1 ? (
                    <strong>
                        <RichText text={part} />
                    </strong>
                ) : (
                    <RichText text={part} />
                )
            )}
        </>
    );
}
