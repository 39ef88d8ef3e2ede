import type { Problem } from '../../forms/validate.ts';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';

/** The sentence for a problem with a field, or with a place in its JSON. */
export function problemText(name: string, { code, path, expected }: Problem): string {
    const separator = path === '' || path.startsWith('[') ? '' : '.';
    const field = `${name}${separator}${path}`;
    if (code === 'required') return t(say.problem.required, { field });
    return t(say.problem[code], { field, expected });
}
