import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { set, toggle } from '../parts/signals.ts';

/** Elements in which letters are input. */
const FIELDS = 'input:not([type="checkbox"]), select, textarea';

/**
 * Whether the presenter view is on. The key P turns it on and off, Escape turns it off. The focus moves to the rows of the
 * diagram, and back. While the view is not `available`, it is off.
 */
export function usePresenter(available: boolean) {
    const isWanted = useSignal(false);
    const isOn = isWanted.value && available;
    const before = useRef<Element | null>(null);

    useLayoutEffect(() => {
        if (!isOn) return;
        const root = document.documentElement;
        before.current = document.activeElement;
        root.toggleAttribute('data-presenting', true);
        document.querySelector<HTMLElement>('.diagram-rows, .presenter button')?.focus();
        return () => {
            root.toggleAttribute('data-presenting', false);
            if (before.current instanceof HTMLElement) before.current.focus();
        };
    }, [isOn]);

    useEffect(() => {
        if (!available) return set(isWanted, false);
        const onKeyDown = (event: KeyboardEvent): void => {
            const { key, target, ctrlKey, altKey, metaKey, repeat } = event;
            const isTyped = target instanceof Element && target.closest(FIELDS) !== null;
            const isP = key.toLowerCase() === 'p' && !ctrlKey && !altKey && !metaKey && !repeat && !isTyped;
            if (!isP && !(key === 'Escape' && isWanted.value)) return;
            // The diagram would forget the selected row.
            event.stopPropagation();
            event.preventDefault();
            toggle(isWanted);
        };
        document.addEventListener('keydown', onKeyDown, true);
        return () => document.removeEventListener('keydown', onKeyDown, true);
    }, [available]);

    return { isOn, enter: () => set(isWanted, true), leave: () => set(isWanted, false) };
}
