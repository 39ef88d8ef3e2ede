import * as say from '../../i18n/texts.ts';
import { exampleOf } from '../../model/formats.ts';
import type { Field } from '../../model/schema-form.ts';
import { t } from '../../state/language.ts';

/** What the schema says of a value besides its description: limits, format, and what nothing means. */
export function hintsOf({ kind, schema, required, isNullable }: Field): string[] {
    const { minimum, maximum, format } = schema;
    const hints: string[] = [];
    if (kind === 'number' || kind === 'integer') {
        if (minimum !== undefined && maximum !== undefined) {
            hints.push(t(say.field.range, { min: String(minimum), max: String(maximum) }));
        } else if (minimum !== undefined) hints.push(t(say.field.atLeast, { min: String(minimum) }));
        else if (maximum !== undefined) hints.push(t(say.field.atMost, { max: String(maximum) }));
    }
    if (kind === 'text' && typeof format === 'string') {
        const example = exampleOf(format);
        hints.push(example === undefined ? format : `${format}, ${t(say.field.such, { example })}`);
    }
    if (required && isNullable) hints.push(t(say.field.emptyIsNull));
    return hints;
}
