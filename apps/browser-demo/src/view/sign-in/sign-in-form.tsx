import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Message, message } from '../../i18n/i18n.ts';
import { reasonOf } from '../../i18n/page-error.ts';
import * as say from '../../i18n/texts.ts';
import { t, translate } from '../../state/preferences/language.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { RichText } from '../parts/rich-text.tsx';

interface SignInFormProps {
    /** Why the token is asked for again. */
    reason: Message | undefined;
    /** Rejects with the error to show next to the field. */
    signIn(token: string): Promise<void>;
}

/** The sign-in form, shown instead of tools and wire. The token is only in its field. */
export function SignInForm({ reason, signIn }: SignInFormProps) {
    const field = useRef<HTMLInputElement>(null);
    const error = useSignal<Message | undefined>(undefined);
    const isBusy = useSignal(false);

    useLayoutEffect(() => field.current?.focus(), []);

    const complain = (what: Message): void => {
        error.value = what;
        field.current?.focus();
        field.current?.select();
    };
    const submit = async (event: Event): Promise<void> => {
        event.preventDefault();
        if (isBusy.value) return;
        // A copied token often has a space at its end. Tokens contain none.
        const token = field.current?.value.trim() ?? '';
        error.value = undefined;
        if (token === '') return complain(message(say.signIn.missing));
        isBusy.value = true;
        try {
            await signIn(token);
        } catch (refusal) {
            complain(message(say.signIn.failed, { reason: reasonOf(refusal) }));
        } finally {
            isBusy.value = false;
        }
    };

    return (
        <main id="sign-in" aria-labelledby="sign-in-heading">
            <form id="sign-in-form" noValidate onSubmit={submit}>
                <h2 id="sign-in-heading">{t(say.signIn.heading)}</h2>
                <p id="sign-in-reason" class="notice">
                    {reason && translate(reason)}
                </p>
                <p class="description">
                    <RichText text={t(say.signIn.description)} />
                </p>
                <label for="token">{t(say.signIn.token)}</label>
                {/* Without a name, a form cannot send it in an address. */}
                <input
                    ref={field}
                    id="token"
                    type="password"
                    autocomplete="current-password"
                    autocapitalize="none"
                    spellcheck={false}
                    required
                    aria-invalid={error.value !== undefined}
                    aria-describedby="sign-in-reason sign-in-error"
                />
                <p id="sign-in-error" class="field-error" role="alert">
                    {error.value && translate(error.value)}
                </p>
                <ActionButton type="submit" id="sign-in-button" idle={isBusy.value}>
                    {t(say.signIn.heading)}
                </ActionButton>
            </form>
        </main>
    );
}
