import { findById } from './element.ts';

/** The form that asks for the token, in place of tools and wire. */
export interface SignInForm {
    /** Empties the form and moves there; `reason` says why it is shown again. */
    show(reason?: string): void;
    hide(): void;
}

/** @param signIn rejects with what is to be said beside the field. */
export function createSignInForm(signIn: (token: string) => Promise<void>): SignInForm {
    const place = findById('sign-in', HTMLElement);
    const form = findById('sign-in-form', HTMLFormElement);
    const reason = findById('sign-in-reason', HTMLElement);
    const field = findById('token', HTMLInputElement);
    const error = findById('sign-in-error', HTMLElement);
    const button = findById('sign-in-button', HTMLButtonElement);

    const showError = (message: string): void => {
        error.textContent = message;
        field.setAttribute('aria-invalid', 'true');
        field.focus();
        field.select();
    };
    const clearError = (): void => {
        error.textContent = '';
        field.removeAttribute('aria-invalid');
    };

    const submit = async (token: string): Promise<void> => {
        // Not `disabled`, which would take the focus away.
        button.setAttribute('aria-disabled', 'true');
        try {
            await signIn(token);
        } catch (error) {
            showError(`Not signed in: ${error instanceof Error ? error.message : error}`);
        } finally {
            button.removeAttribute('aria-disabled');
        }
    };

    form.addEventListener('submit', event => {
        event.preventDefault();
        if (button.ariaDisabled === 'true') return;
        // What is copied often brings a space along, which no token holds.
        const token = field.value.trim();
        clearError();
        if (token === '') showError('Enter the token');
        else submit(token);
    });

    return {
        show(why = '') {
            reason.textContent = why;
            field.value = '';
            clearError();
            place.hidden = false;
            field.focus();
        },
        hide() {
            // Before anything else: a token is not left lying in the page.
            field.value = '';
            place.hidden = true;
        }
    };
}
