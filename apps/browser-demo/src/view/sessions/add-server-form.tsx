import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { parseServerAddress } from '../../forms/server-address.ts';
import type { Message } from '../../i18n/i18n.ts';
import { PageError } from '../../i18n/page-error.ts';
import * as say from '../../i18n/texts.ts';
import type { StreamReader } from '../../mcp/transport/wire-fact.ts';
import { t, translate } from '../../state/preferences/language.ts';
import { RichText } from '../parts/rich-text.tsx';

interface AddServerFormProps {
    id: string;
    /** The initial address: the page's own server, so that one click opens it with the other reader. */
    streamUrl: string;
    onAdd(url: string, reader: StreamReader): void;
    onCancel(): void;
}

/** Asks for the address of a server and the reader of its stream. */
export function AddServerForm({ id, streamUrl, onAdd, onCancel }: AddServerFormProps) {
    const [fieldId, helpId, errorId] = [useId(), useId(), useId()];
    const field = useRef<HTMLInputElement>(null);
    const problem = useSignal<Message | undefined>(undefined);

    useLayoutEffect(() => {
        field.current?.focus();
        field.current?.select();
    }, []);

    const open = (reader: StreamReader): void => {
        try {
            onAdd(parseServerAddress(field.current?.value ?? ''), reader);
        } catch (error) {
            if (!(error instanceof PageError)) throw error;
            problem.value = error.text;
            field.current?.focus();
        }
    };

    return (
        <form
            id={id}
            class="add-server"
            noValidate
            aria-label={t(say.sessions.another)}
            onSubmit={event => {
                event.preventDefault();
                open('native');
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
                    aria-required={true}
                    aria-invalid={problem.value !== undefined}
                    aria-describedby={`${helpId} ${errorId}`}
                />
                <p id={errorId} class="field-error" role="alert">
                    {problem.value && translate(problem.value)}
                </p>
            </div>
            <div class="buttons open-buttons">
                <button type="submit">
                    <RichText text={t(say.sessions.openNative)} />
                </button>
                <button type="button" onClick={() => open('raw')}>
                    <RichText text={t(say.sessions.openRaw)} />
                </button>
            </div>
            <p id={helpId} class="help">
                <RichText text={t(say.sessions.help, { origin: new URL(streamUrl).origin })} />
            </p>
        </form>
    );
}
