import { useSignal } from '@preact/signals';
import type { InputHTMLAttributes } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/language.ts';
import { reasonOf } from '../../state/reason-of.ts';

interface ComboboxProps {
    /** Of the field, for screen readers. */
    name: string;
    complete(value: string): Promise<string[]>;
    common: InputHTMLAttributes & { id: string; ref(node: HTMLInputElement | null): void };
}

/**
 * A text field that suggests, by the pattern of the ARIA Authoring Practices: the focus stays in the field, arrow keys
 * choose, Enter takes, Escape closes. One question at a time: what is typed meanwhile is asked after the answer.
 */
export function Combobox({ name, complete, common }: ComboboxProps) {
    const listId = useId();
    const input = useRef<HTMLInputElement | null>(null);
    const suggestions = useSignal<readonly string[]>([]);
    const isOpen = useSignal(false);
    const active = useSignal(-1);
    const problem = useSignal<Message | string | undefined>(undefined);
    const isAsking = useRef(false);

    const ask = async (): Promise<void> => {
        isOpen.value = true;
        if (isAsking.current) return;
        isAsking.current = true;
        try {
            let asked: string | undefined;
            while (input.current && asked !== input.current.value) {
                asked = input.current.value;
                suggestions.value = await complete(asked);
                active.value = -1;
            }
            problem.value = undefined;
        } catch (error) {
            suggestions.value = [];
            problem.value = reasonOf(error);
        } finally {
            isAsking.current = false;
        }
    };
    const take = (text: string | undefined): void => {
        isOpen.value = false;
        if (input.current && text !== undefined) input.current.value = text;
    };
    const move = (by: number): void => {
        const count = suggestions.value.length;
        if (count === 0) return;
        active.value = active.value < 0 && by < 0 ? count - 1 : (active.value + by + count) % count;
        document.getElementById(`${listId}-${active.value}`)?.scrollIntoView({ block: 'nearest' });
    };
    const onKeyDown = (event: KeyboardEvent): void => {
        const isShown = isOpen.value && suggestions.value.length > 0;
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            if (isShown) move(event.key === 'ArrowDown' ? 1 : -1);
            else void ask();
        } else if (isShown && event.key === 'Escape') {
            event.preventDefault();
            isOpen.value = false;
        } else if (isShown && event.key === 'Enter') {
            // Without a choice, it sends the form.
            if (active.value >= 0) event.preventDefault();
            take(suggestions.value[active.value]);
        }
    };
    const shown = isOpen.value ? suggestions.value : [];
    const list = useRef<HTMLDivElement>(null);
    // The field may be at the end of what scrolls.
    useLayoutEffect(() => {
        if (shown.length > 0) list.current?.scrollIntoView({ block: 'nearest' });
    }, [shown]);

    return (
        <div class="combobox">
            <input
                {...common}
                ref={(node: HTMLInputElement | null) => {
                    input.current = node;
                    common.ref(node);
                }}
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck={false}
                aria-autocomplete="list"
                aria-expanded={shown.length > 0}
                aria-controls={listId}
                {...(shown.length > 0 && active.value >= 0 && { 'aria-activedescendant': `${listId}-${active.value}` })}
                onInput={() => void ask()}
                onKeyDown={onKeyDown}
                onBlur={() => take(undefined)}
            />
            <div
                ref={list}
                id={listId}
                role="listbox"
                tabIndex={-1}
                aria-label={t(say.field.suggestions, { field: name })}
                hidden={shown.length === 0}
            >
                {shown.map((text, index) => (
                    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field.
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys.
                    <div
                        key={text}
                        id={`${listId}-${index}`}
                        role="option"
                        aria-selected={index === active.value}
                        // Before a click, the focus would leave the field, and the list would be gone.
                        onMouseDown={event => event.preventDefault()}
                        onClick={() => take(text)}
                    >
                        {text}
                    </div>
                ))}
            </div>
            {problem.value && <span class="help">{t(say.field.noSuggestions, { reason: problem.value })}</span>}
        </div>
    );
}
