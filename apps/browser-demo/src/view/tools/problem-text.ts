import type { TextKey } from '../../i18n/i18n.ts';
import type { Problem } from '../../model/validate.ts';
import { t } from '../../state/language.ts';

const typeTexts = {
    number: 'problem.type.number',
    integer: 'problem.type.integer',
    array: 'problem.type.array',
    object: 'problem.type.object'
} as const satisfies Record<string, TextKey>;

/** What is wrong with a field, or with a place in its JSON. */
export function problemText(name: string, { code, path, expected }: Problem): string {
    const separator = path === '' || path.startsWith('[') ? '' : '.';
    const field = `${name}${separator}${path}`;
    if (code === 'type' && expected in typeTexts) return t(typeTexts[expected as keyof typeof typeTexts], { field });
    if (code === 'required') return t('problem.required', { field });
    return t(`problem.${code}`, { field, expected });
}
