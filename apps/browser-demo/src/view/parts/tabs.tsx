import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { set } from './signals.ts';

interface Tab {
    key: string;
    title: string;
    panel: ComponentChildren;
}

interface TabsProps {
    /** The label of the tabs, for screen readers. */
    label: string;
    tabs: readonly Tab[];
}

/**
 * Tabs after the pattern of the ARIA Authoring Practices: arrow keys move to the next tab and show it at once. Panels
 * are made when they are first shown, and then hidden, not removed, so that they keep their input.
 */
export function Tabs({ label, tabs }: TabsProps) {
    const id = useId();
    const chosen = useSignal(tabs[0]?.key);
    const list = useRef<HTMLDivElement>(null);
    const shown = useRef(new Set<string | undefined>());
    shown.current.add(chosen.value);

    const choose = (index: number): void => {
        const tab = tabs.at(index % tabs.length);
        if (!tab) return;
        chosen.value = tab.key;
        list.current?.querySelector<HTMLElement>(`[data-key="${tab.key}"]`)?.focus();
    };
    const onKeyDown = (event: KeyboardEvent): void => {
        const at = tabs.findIndex(({ key }) => key === chosen.value);
        const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
        if (target === undefined) return;
        event.preventDefault();
        choose(target);
    };

    return (
        <>
            <div ref={list} class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
                {tabs.map(({ key, title }) => (
                    <button
                        key={key}
                        type="button"
                        role="tab"
                        id={`${id}-${key}-tab`}
                        data-key={key}
                        data-tour={`tab-${key}`}
                        aria-controls={`${id}-${key}`}
                        aria-selected={chosen.value === key}
                        tabIndex={chosen.value === key ? 0 : -1}
                        onClick={() => set(chosen, key)}
                    >
                        {title}
                    </button>
                ))}
            </div>
            {tabs.map(({ key, panel }) => (
                <div
                    key={key}
                    class="tab-panel"
                    role="tabpanel"
                    id={`${id}-${key}`}
                    aria-labelledby={`${id}-${key}-tab`}
                    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls.
                    tabIndex={0}
                    hidden={chosen.value !== key}
                >
                    {shown.current.has(key) && panel}
                </div>
            ))}
        </>
    );
}
