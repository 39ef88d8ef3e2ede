import type { Field } from '../../forms/schema-form.ts';
import { limitsOf } from '../../forms/schema-parts.ts';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';

/** What the schema says about a value besides its description: limits, format, and what an empty field means. */
export function hintsOf({ kind, schema, required, isNullable }: Field): string[] {
    const { format } = schema;
    const hints = kind === 'number' || kind === 'integer' ? limitsOf(schema).map(({ text }) => text) : [];
    if (kind === 'text' && typeof format === 'string') hints.push(format);
    if (required && isNullable) hints.push(t(say.field.emptyIsNull));
    return hints;
}
