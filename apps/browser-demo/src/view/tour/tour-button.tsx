import { useLayoutEffect, useRef } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import type { Tour } from '../../state/tour/tour.ts';
import { QuietButton } from '../parts/quiet-button.tsx';

/** Opens and closes the tour. It gets the focus when the tour closes, because the panel is gone. */
export function TourButton({ tour }: { tour: Tour }) {
    const isOpen = tour.place.value !== undefined;
    const wasOpen = useRef(false);
    const button = useRef<HTMLButtonElement>(null);
    useLayoutEffect(() => {
        if (wasOpen.current && !isOpen) button.current?.focus();
        wasOpen.current = isOpen;
    }, [isOpen]);
    return (
        <QuietButton ref={button} aria-expanded={isOpen} onClick={isOpen ? tour.close : tour.open}>
            {t(say.tour.start)}
        </QuietButton>
    );
}
