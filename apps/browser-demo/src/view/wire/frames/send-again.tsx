import { type Signal, useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { readDraft } from '../../../forms/message-draft.ts';
import type { Message } from '../../../i18n/i18n.ts';
import { reasonOf } from '../../../i18n/page-error.ts';
import * as say from '../../../i18n/texts.ts';
import { t, translate } from '../../../state/preferences/language.ts';
import { mistakeText } from '../../forms/mistake-text.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { QuietButton } from '../../parts/quiet-button.tsx';

interface SendAgainProps {
    /** The message that the user edits. */
    draft: Signal<string | undefined>;
    /** Sends a message in the session of the row. Rejects with the reason if it was not sent. */
    send(message: object): Promise<void>;
    onClose(): void;
}

/** The editor of a message. It sends JSON only, and shows the place of a mistake. */
export function SendAgain({ draft, send, onClose }: SendAgainProps) {
    const [id, helpId, problemId] = [useId(), useId(), useId()];
    const area = useRef<HTMLTextAreaElement>(null);
    const problem = useSignal<Message | string | undefined>(undefined);
    const isSending = useSignal(false);
    const text = draft.value ?? '';
    useLayoutEffect(() => area.current?.focus(), []);

    const refuse = (reason: Message | string, offset?: number): void => {
        problem.value = reason;
        area.current?.focus();
        if (offset !== undefined) area.current?.setSelectionRange(offset, offset + 1);
    };
    const submit = async (event: Event): Promise<void> => {
        event.preventDefault();
        if (isSending.value) return;
        const { message, mistake } = readDraft(text);
        if (!message) return refuse(mistakeText(mistake), mistake?.offset);
        isSending.value = true;
        problem.value = undefined;
        try {
            await send(message);
        } catch (error) {
            refuse(reasonOf(error));
        } finally {
            isSending.value = false;
        }
    };

    return (
        <form
            class="send-again"
            noValidate
            onSubmit={event => void submit(event)}
            onKeyDown={({ key }) => key === 'Escape' && onClose()}
        >
            <label for={id}>{t(say.again.message)}</label>
            <textarea
                ref={area}
                id={id}
                rows={Math.min(10, text.split('\n').length + 1)}
                spellcheck={false}
                autocapitalize="none"
                value={text}
                aria-invalid={problem.value !== undefined}
                aria-describedby={`${helpId} ${problemId}`}
                onInput={({ currentTarget }) => {
                    draft.value = currentTarget.value;
                }}
            />
            <p id={helpId} class="help">
                {t(say.again.help)}
            </p>
            <p id={problemId} class="field-error" role="alert">
                {problem.value && translate(problem.value)}
            </p>
            <div class="buttons">
                <ActionButton type="submit" idle={isSending.value}>
                    {t(say.again.send)}
                </ActionButton>
                <QuietButton onClick={onClose}>{t(say.again.close)}</QuietButton>
            </div>
        </form>
    );
}
