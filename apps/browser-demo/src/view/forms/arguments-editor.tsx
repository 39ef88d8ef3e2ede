import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useId } from 'preact/hooks';
import type { Message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { t, translate } from '../../state/preferences/language.ts';

interface ArgumentsEditorProps {
    name: string;
    area: RefObject<HTMLTextAreaElement | null>;
    isOpen: Signal<boolean>;
    text: Signal<string>;
    problem: Signal<Message | undefined>;
    onToggle(isOpen: boolean): void;
    onWrite(text: string): void;
}

/** The arguments as JSON, next to the form. It follows the form, and the form follows it. */
export function ArgumentsEditor(props: ArgumentsEditorProps) {
    const { name, area, isOpen, text, problem, onToggle, onWrite } = props;
    const [helpId, problemId] = [useId(), useId()];
    return (
        <details
            class="arguments-json"
            open={isOpen.value}
            onToggle={({ currentTarget }) => onToggle(currentTarget.open)}
        >
            <summary>{t(say.json.fold)}</summary>
            {isOpen.value && (
                <>
                    <textarea
                        ref={area}
                        rows={Math.min(12, text.value.split('\n').length + 1)}
                        spellcheck={false}
                        autocapitalize="none"
                        aria-label={t(say.json.of, { name })}
                        aria-invalid={problem.value !== undefined}
                        aria-describedby={`${helpId} ${problemId}`}
                        value={text.value}
                        onInput={({ currentTarget }) => onWrite(currentTarget.value)}
                    />
                    <p id={helpId} class="help">
                        {t(say.json.help)}
                    </p>
                    <p id={problemId} class="field-error" role="alert">
                        {problem.value && translate(problem.value)}
                    </p>
                </>
            )}
        </details>
    );
}
