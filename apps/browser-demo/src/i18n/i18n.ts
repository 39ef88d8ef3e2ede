import { texts } from './texts.ts';

/** The name of a text. */
export type TextKey = keyof typeof texts;

/** In the order in which each text has them. */
const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text with what is filled in: not worded yet, so that it can be in any language, and change it. */
export interface Message {
    readonly key: TextKey;
    readonly values: Values;
}

type Value = string | number | Message;
type Values = Readonly<Record<string, Value>>;

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
    ? Name | Placeholders<Rest>
    : never;

/** The values that a text wants, if any. */
export type ValuesOf<Key extends TextKey> = [Placeholders<(typeof texts)[Key][0]>] extends [never]
    ? []
    : [values: Readonly<Record<Placeholders<(typeof texts)[Key][0]>, Value>>];

export function message<Key extends TextKey>(key: Key, ...[values]: ValuesOf<Key>): Message {
    return { key, values: values ?? {} };
}

/** The words of a message in a language. */
export function word(language: Language, { key, values }: Message): string {
    return texts[key][LANGUAGES.indexOf(language) as 0 | 1].replace(/\{(\w+)\}/g, (_all, name: string) => {
        const value = values[name] ?? '';
        return typeof value === 'object' ? word(language, value) : String(value);
    });
}

/** The first of the wanted languages (BCP 47) that the page speaks; English if it speaks none. */
export function chooseLanguage(wanted: readonly string[]): Language {
    for (const tag of wanted) {
        const language = LANGUAGES.find(known => known === tag.toLowerCase().split('-')[0]);
        if (language) return language;
    }
    return 'en';
}
