/** A text in both languages. `texts.ts` exports all of them. */
export type Text = readonly [en: string, fr: string];

/** In the order of the words of a `Text`. */
const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text and its values. It is formatted where it is shown, so that it follows the language. */
export interface Message {
    readonly text: Text;
    readonly values: Values;
}

type Value = string | number | Message;
type Values = Readonly<Record<string, Value>>;

type Placeholders<Words extends string> = Words extends `${string}{${infer Name}}${infer Rest}`
    ? Name | Placeholders<Rest>
    : never;

/** The values that a text requires, if it has placeholders. */
export type ValuesOf<Said extends Text> = [Placeholders<Said[0]>] extends [never]
    ? []
    : [values: Readonly<Record<Placeholders<Said[0]>, Value>>];

export function message<Said extends Text>(text: Said, ...[values]: ValuesOf<Said>): Message {
    return { text, values: values ?? {} };
}

/** Formats a message in a language. */
export function formatMessage(language: Language, { text, values }: Message): string {
    return text[language === 'en' ? 0 : 1].replace(/\{(\w+)\}/g, (_all, name: string) => {
        const value = values[name] ?? '';
        return typeof value === 'object' ? formatMessage(language, value) : String(value);
    });
}

/** The first of the wanted languages (BCP 47) that the page supports; English if it supports none. */
export function findLanguage(wanted: readonly string[]): Language {
    for (const tag of wanted) {
        const language = LANGUAGES.find(known => known === tag.toLowerCase().split('-')[0]);
        if (language) return language;
    }
    return 'en';
}
