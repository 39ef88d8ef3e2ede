import { effect, signal } from '@preact/signals';
import {
    chooseLanguage,
    type Language,
    type Message,
    message,
    type Text,
    type ValuesOf,
    word
} from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { keep, readKept } from './storage.ts';

const KEPT_AS = 'language';

/** The language of the page: the one chosen last, else the browser's. */
export const language = signal<Language>(chooseLanguage([readKept(KEPT_AS), ...navigator.languages]));

/** A text of the page; a component that shows it follows the language. */
export function t<Said extends Text>(text: Said, ...values: ValuesOf<Said>): string {
    return tell(message(text, ...values));
}

/** A message in the language of the page; what has no message is told as it is. */
export function tell(what: Message | string): string {
    return typeof what === 'string' ? what : word(language.value, what);
}

/** Changes the language, and keeps that for the next visit. */
export function chooseForGood(chosen: Language): void {
    language.value = chosen;
    keep(KEPT_AS, chosen);
}

effect(() => {
    document.documentElement.lang = language.value;
    document.title = t(say.page.title);
});
