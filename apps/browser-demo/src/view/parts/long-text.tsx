import { useSignal } from '@preact/signals';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';

/** How many characters are shown at first. The rest is shown on demand. */
const LONG = 300;

/** A text of a server, which may be very long. */
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
