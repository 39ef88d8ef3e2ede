/** The languages of the lessons. */
export type Language = 'en' | 'fr';

/** A text in each language of the lessons. */
export type Text = Record<Language, string>;

/** A text that may be the same in each language, such as the bytes of a response. */
export type Words = Text | string;

export function inLanguage(words: Words, language: Language): string {
    return typeof words === 'string' ? words : words[language];
}
