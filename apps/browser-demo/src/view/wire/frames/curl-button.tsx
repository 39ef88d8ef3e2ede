import { type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import * as say from '../../../i18n/texts.ts';
import { t } from '../../../state/preferences/language.ts';
import { toCurl } from '../../../wire/to-curl.ts';
import type { WireEntry } from '../../../wire/wire-entry.ts';
import { QuietButton } from '../../parts/quiet-button.tsx';
import { copyText } from './clipboard.ts';

/** Copies a request as a command. If the browser does not allow it, shows the command as selected text.
 * `said` is a text for screen readers. */
export function CurlButton({ entry, said }: { entry: WireEntry; said: Signal<string> }) {
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
        if (outcome.value === 'copied') said.value = t(say.frames.copied);
    };
    const forget = (): void => {
        if (outcome.value === 'copied') outcome.value = undefined;
    };
    return (
        <>
            <QuietButton
                title={t(say.frames.curl)}
                aria-label={outcome.value === 'copied' ? undefined : t(say.frames.curl)}
                onClick={() => void copy()}
                onBlur={forget}
                onPointerLeave={forget}
            >
                {outcome.value === 'copied' ? t(say.frames.copied) : 'curl'}
            </QuietButton>
            {outcome.value === 'refused' && (
                <label class="curl">
                    {t(say.frames.copyRefused)}
                    <textarea ref={area} readOnly rows={4} value={command} />
                </label>
            )}
        </>
    );
}
