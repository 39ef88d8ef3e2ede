import { isRecord, parseJson, prettyJson } from '../mcp/json-rpc.ts';
import { findJsonMistake, type JsonMistake } from './json-mistake.ts';
import { type Entered, type Field, initialText, parseForm, toEntered } from './schema-form.ts';

/** The arguments that the user has entered in a form, as indented JSON, without those that are not valid yet. */
export function toArgumentsText(fields: readonly Field[], entered: Entered): string {
    const args = fields.flatMap(field => {
        const form = parseForm([field], entered);
        return form.ok ? Object.entries(form.args) : [];
    });
    return prettyJson(Object.fromEntries(args));
}

/** The arguments in a JSON text. Without them, the mistake; without either, the text is JSON but not an object. */
export function readArguments(text: string): { args?: Record<string, unknown>; mistake?: JsonMistake } {
    const mistake = findJsonMistake(text);
    if (mistake) return { mistake };
    const args = parseJson(text);
    return isRecord(args) ? { args } : {};
}

/** What to enter in each field of a form for these arguments. Arguments without a field are left out. */
export function toEnteredTexts(fields: readonly Field[], args: Record<string, unknown>): Map<string, string> {
    return new Map(fields.map(field => [field.name, toText(field, args)]));
}

function toText(field: Field, args: Record<string, unknown>): string {
    const { name, kind, isNullable } = field;
    if (!Object.hasOwn(args, name)) return kind === 'boolean' ? initialText(field) : '';
    const value = args[name];
    return isNullable && value === null ? '' : toEntered(kind, value);
}
