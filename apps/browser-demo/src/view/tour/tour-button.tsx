import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import type { Tour } from '../../state/tour/tour.ts';
import { QuietButton } from '../parts/quiet-button.tsx';

/** The tour, once it was opened for the first time and its part of the page is loaded. */
export type TourSignal = Signal<Tour | 'wanted' | undefined>;

/** Opens and closes the tour. It gets the focus when the tour closes, because the panel is gone. */
export function TourButton({ tour }: { tour: TourSignal }) {
    const made = typeof tour.value === 'object' ? tour.value : undefined;
    const isOpen = made?.place.value !== undefined;
    const open = (): void => {
        if (made) made.open();
        else tour.value = 'wanted';
    };
    const wasOpen = useRef(false);
    const button = useRef<HTMLButtonElement>(null);
    useLayoutEffect(() => {
        if (wasOpen.current && !isOpen) button.current?.focus();
        wasOpen.current = isOpen;
    }, [isOpen]);
    return (
        <QuietButton ref={button} aria-expanded={isOpen} onClick={isOpen ? made?.close : open}>
            {t(say.page.tour)}
        </QuietButton>
    );
}
