import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { toCurl } from '../../../model/to-curl.ts';
import type { WireEntry } from '../../../model/wire-fact.ts';
import { t } from '../../../state/language.ts';
import { copyText } from '../clipboard.ts';

interface CurlButtonProps {
    entry: WireEntry;
    /** Tells screen readers. */
    say(text: string): void;
}

/** Copies a request as a command; where the browser refuses that, shows the command, selected. */
export function CurlButton({ entry, say }: CurlButtonProps) {
    const outcome = useSignal<'copied' | 'refused' | undefined>(undefined);
    const area = useRef<HTMLTextAreaElement>(null);
    const command = toCurl(entry);
    useLayoutEffect(() => {
        area.current?.focus();
        area.current?.select();
    }, [outcome.value]);
    if (command === undefined) return null;

    const copy = async (): Promise<void> => {
        outcome.value = (await copyText(command, navigator.clipboard)) ? 'copied' : 'refused';
        if (outcome.value === 'copied') say(t('frames.copied'));
    };
    const forget = (): void => {
        if (outcome.value === 'copied') outcome.value = undefined;
    };
    return (
        <>
            <button
                type="button"
                class="quiet"
                title={t('frames.curl')}
                aria-label={outcome.value === 'copied' ? undefined : t('frames.curl')}
                onClick={() => void copy()}
                onBlur={forget}
                onPointerLeave={forget}
            >
                {outcome.value === 'copied' ? t('frames.copied') : 'curl'}
            </button>
            {outcome.value === 'refused' && (
                <label class="curl">
                    {t('frames.copyRefused')}
                    <textarea ref={area} readOnly rows={4} value={command} />
                </label>
            )}
        </>
    );
}
