import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';

/** Scrolls to the end of a list. */
export function NewestButton({ onClick }: { onClick(): void }) {
    return (
        <button type="button" class="to-newest" onClick={onClick}>
            ↓ {t(say.frames.newest)}
        </button>
    );
}
