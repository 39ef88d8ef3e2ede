import * as say from '../../i18n/texts.ts';
import type { Hint } from '../../mcp/features/tools.ts';
import { t } from '../../state/preferences/language.ts';

/** What the server declares about the effect of a tool, one word each. */
export function HintBadges({ hints }: { hints: readonly Hint[] }) {
    if (hints.length === 0) return null;
    return (
        <ul class="hint-badges">
            {hints.map(hint => (
                <li key={hint} class={`hint-badge ${hint}`} title={t(say.hintMeans[hint])}>
                    {t(say.hint[hint])}
                </li>
            ))}
        </ul>
    );
}
