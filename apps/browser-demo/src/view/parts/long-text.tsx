import { useSignal } from '@preact/signals';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';

/** So much text is shown at once; the rest on demand. */
const LONG = 300;

/** A text that a server may have made very long. */
export function LongText({ text }: { text: string }) {
    const isWhole = useSignal(false);
    if (text.length <= LONG) return <>{text}</>;
    return (
        <>
            {isWhole.value ? text : `${text.slice(0, LONG).trimEnd()}… `}
            <button
                type="button"
                class="quiet inline"
                aria-expanded={isWhole.value}
                onClick={() => {
                    isWhole.value = !isWhole.value;
                }}
            >
                {t(isWhole.value ? say.page.less : say.page.more)}
            </button>
        </>
    );
}
