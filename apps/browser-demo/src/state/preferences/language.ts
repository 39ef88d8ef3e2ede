import { effect, signal } from '@preact/signals';
import {
    findLanguage,
    formatMessage,
    type Language,
    type Message,
    message,
    type Text,
    type ValuesOf
} from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { readStored, store } from './storage.ts';

const STORED_AS = 'language';

/** The language of the page: the last choice of the user, otherwise that of the browser. */
export const language = signal<Language>(findLanguage([readStored(STORED_AS), ...navigator.languages]));

/** Translates a text. A component that shows it follows the language. */
export function t<Said extends Text>(text: Said, ...values: ValuesOf<Said>): string {
    return translate(message(text, ...values));
}

/** Translates a message. A string is returned unchanged. */
export function translate(what: Message | string): string {
    return typeof what === 'string' ? what : formatMessage(language.value, what);
}

/** Changes the language and stores the choice for the next visit. */
export function chooseLanguage(chosen: Language): void {
    language.value = chosen;
    store(STORED_AS, chosen);
}

effect(() => {
    document.documentElement.lang = language.value;
    document.title = t(say.page.title);
});
