import { useSignal } from '@preact/signals';
import type { TargetedEvent } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { Message } from '../../i18n/i18n.ts';
import { reasonOf } from '../../i18n/page-error.ts';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';

interface ComboboxProps {
    complete(value: string): Promise<string[]>;
    /** The attributes that every control of a field has. */
    common: { id: string; ref(node: HTMLInputElement | null): void };
}

/**
 * A text field with suggestions for what is typed. It sends one request at a time; input in the meantime is sent after
 * the answer.
 */
export function Combobox({ complete, common }: ComboboxProps) {
    const listId = useId();
    const suggestions = useSignal<readonly string[]>([]);
    const problem = useSignal<Message | string | undefined>(undefined);
    const isAsking = useRef(false);

    const ask = async ({ currentTarget: input }: TargetedEvent<HTMLInputElement>): Promise<void> => {
        if (isAsking.current) return;
        isAsking.current = true;
        try {
            let asked: string | undefined;
            while (asked !== input.value) {
                asked = input.value;
                suggestions.value = await complete(asked);
            }
            problem.value = undefined;
        } catch (error) {
            suggestions.value = [];
            problem.value = reasonOf(error);
        } finally {
            isAsking.current = false;
        }
    };
    return (
        <>
            {/* No `autocomplete="off"`: with it, some browsers show no suggestions at all. */}
            <input {...common} type="text" list={listId} spellcheck={false} onFocus={ask} onInput={ask} />
            <datalist id={listId}>
                {suggestions.value.map(text => (
                    <option key={text} value={text} />
                ))}
            </datalist>
            {problem.value && <span class="help">{t(say.field.noSuggestions, { reason: problem.value })}</span>}
        </>
    );
}
