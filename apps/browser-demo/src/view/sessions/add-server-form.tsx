import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { parseServerAddress } from '../../forms/server-address.ts';
import type { Message } from '../../i18n/i18n.ts';
import { PageError } from '../../i18n/page-error.ts';
import * as say from '../../i18n/texts.ts';
import { looksStreamable } from '../../mcp/transport/advice.ts';
import type { SessionChoice } from '../../state/page.ts';
import { t, translate } from '../../state/preferences/language.ts';
import { RichText } from '../parts/rich-text.tsx';
import { set } from '../parts/signals.ts';

interface AddServerFormProps {
    id: string;
    /** The initial address: the page's own server, so that one click opens it with the other reader. */
    streamUrl: string;
    onAdd(choice: SessionChoice): void;
    onCancel(): void;
}

/** Asks for the address of a server, its transport, and the reader of a stream. */
export function AddServerForm({ id, streamUrl, onAdd, onCancel }: AddServerFormProps) {
    const [fieldId, helpId, errorId] = [useId(), useId(), useId()];
    const field = useRef<HTMLInputElement>(null);
    const problem = useSignal<Message | undefined>(undefined);
    // Enter opens what the address looks like.
    const isStreamable = useSignal(false);

    useLayoutEffect(() => {
        field.current?.focus();
        field.current?.select();
    }, []);

    const open = (choice: SessionChoice): void => {
        try {
            onAdd({ ...choice, url: parseServerAddress(field.current?.value ?? '') });
        } catch (error) {
            if (!(error instanceof PageError)) throw error;
            problem.value = error.text;
            field.current?.focus();
        }
    };

    const choices: readonly { choice: SessionChoice; text: string }[] = [
        { choice: { reader: 'native' }, text: t(say.sessions.openNative) },
        { choice: { reader: 'raw' }, text: t(say.sessions.openRaw) },
        {
            choice: { transport: 'streamable' },
            text: t(say.sessions.openAs, { transport: t(say.sessions.streamable) })
        }
    ];
    return (
        <form
            id={id}
            class="add-server"
            noValidate
            aria-label={t(say.sessions.another)}
            onSubmit={event => {
                event.preventDefault();
                open(isStreamable.value ? { transport: 'streamable' } : { reader: 'native' });
            }}
            onKeyDown={({ key }) => key === 'Escape' && onCancel()}
        >
            <div class="address">
                <label for={fieldId}>{t(say.sessions.address)}</label>
                <input
                    ref={field}
                    id={fieldId}
                    type="url"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck={false}
                    defaultValue={streamUrl}
                    onInput={({ currentTarget }) => set(isStreamable, endsInMcp(currentTarget.value))}
                    aria-required={true}
                    aria-invalid={problem.value !== undefined}
                    aria-describedby={`${helpId} ${errorId}`}
                />
                <p class="address-note" role="status">
                    {isStreamable.value && <RichText text={t(say.sessions.isStreamable)} />}
                </p>
                <p id={errorId} class="field-error" role="alert">
                    {problem.value && translate(problem.value)}
                </p>
            </div>
            <div class="buttons open-buttons">
                {choices.map(({ choice, text }) => {
                    const isDefault =
                        (choice.transport === 'streamable') === isStreamable.value && choice.reader !== 'raw';
                    return (
                        <button
                            key={text}
                            type={isDefault ? 'submit' : 'button'}
                            onClick={isDefault ? undefined : () => open(choice)}
                        >
                            <RichText text={text} />
                        </button>
                    );
                })}
            </div>
            <p id={helpId} class="help">
                <RichText text={t(say.sessions.help, { origin: new URL(streamUrl).origin })} />
            </p>
        </form>
    );
}

function endsInMcp(text: string): boolean {
    try {
        return looksStreamable(new URL(parseServerAddress(text)), '');
    } catch {
        return false;
    }
}
