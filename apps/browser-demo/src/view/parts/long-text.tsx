import { useSignal } from '@preact/signals';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import { QuietButton } from './quiet-button.tsx';
import { toggle } from './signals.ts';

/** How many characters are shown at first. The rest is shown on demand. */
const LONG = 300;

/** A text of a server, which may be very long. */
export function LongText({ text }: { text: string }) {
    const isWhole = useSignal(false);
    if (text.length <= LONG) return <>{text}</>;
    return (
        <>
            {isWhole.value ? text : `${text.slice(0, LONG).trimEnd()}… `}
            <QuietButton look="inline" aria-expanded={isWhole.value} onClick={() => toggle(isWhole)}>
                {t(isWhole.value ? say.page.less : say.page.more)}
            </QuietButton>
        </>
    );
}
