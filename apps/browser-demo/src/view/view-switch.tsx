import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import * as say from '../i18n/texts.ts';
import { t } from '../state/preferences/language.ts';
import { set } from './parts/signals.ts';

/** The part of the page that a small window shows. */
export type View = (typeof views)[number][0];

const views = [
    ['tools', say.heading.tools],
    ['wire', say.wire.list]
] as const;

/** Switches between the parts of the page in a small window. Each keeps its scroll position. */
export function ViewSwitch({ view }: { view: Signal<View> }) {
    const shown = useRef(view.value);
    const scrolled = useRef<Partial<Record<View, number>>>({});
    useLayoutEffect(() => {
        if (shown.current === view.value) return;
        shown.current = view.value;
        const before = scrolled.current[view.value];
        if (before === undefined) document.querySelector('.wire')?.scrollIntoView();
        else scrollTo(0, before);
    }, [view.value]);
    const choose = (next: View): void => {
        scrolled.current[view.value] = scrollY;
        set(view, next);
    };
    return (
        <fieldset class="view-switch">
            <legend class="visually-hidden">{t(say.layout.view)}</legend>
            {views.map(([name, title]) => (
                <button
                    key={name}
                    type="button"
                    data-tour={`view-${name}`}
                    aria-pressed={view.value === name}
                    onClick={() => choose(name)}
                >
                    {t(title)}
                </button>
            ))}
        </fieldset>
    );
}
