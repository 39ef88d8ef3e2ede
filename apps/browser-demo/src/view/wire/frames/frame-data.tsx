import { useSignal } from '@preact/signals';
import { t } from '../../../state/language.ts';

/** So much text is shown at once; the rest on demand. */
const LONG = 420;

/** The text that travelled. */
export function FrameData({ data }: { data: string }) {
    const isClamped = useSignal(true);
    if (data.length <= LONG) return <pre>{data}</pre>;
    return (
        <>
            <pre class={isClamped.value ? 'clamped' : ''}>{data}</pre>
            <button
                type="button"
                class="quiet"
                aria-expanded={!isClamped.value}
                onClick={() => {
                    isClamped.value = !isClamped.value;
                }}
            >
                {isClamped.value ? t('wire.showAll', { count: data.length }) : t('wire.showLess')}
            </button>
        </>
    );
}
