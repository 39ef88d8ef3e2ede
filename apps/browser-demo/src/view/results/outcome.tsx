import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import { prettyJson } from '../../mcp/json-rpc.ts';
import type { Progress } from '../../mcp/session/progress.ts';
import { t } from '../../state/preferences/language.ts';
import type { CallState } from '../../state/session/call.ts';
import { QuietButton } from '../parts/quiet-button.tsx';
import { toggle } from '../parts/signals.ts';
import { FailureText, failureName } from './failure.tsx';

interface OutcomeProps<Result> {
    /** The label of the outcome, for screen readers. */
    label: string;
    state: CallState<Result>;
    /** Whether the result itself reports a failure. */
    isFailure?(result: Result): boolean;
    children(result: Result): ComponentChildren;
}

/** The outcome of a request, which moves into view. A button shows it as received. */
export function Outcome<Result>({ label, state, isFailure, children }: OutcomeProps<Result>) {
    const isRaw = useSignal(false);
    const isError = state.status === 'failed' || (state.status === 'done' && isFailure?.(state.result) === true);
    const raw = 'raw' in state ? state.raw : undefined;
    const place = useRef<HTMLOutputElement>(null);
    useEffect(() => {
        const focused = document.activeElement;
        // Otherwise the user does something else by now.
        const isAwaited = focused === document.body || place.current?.closest('.card')?.contains(focused);
        if (state.status !== 'none' && isAwaited) place.current?.scrollIntoView({ block: 'nearest' });
    }, [state.status]);
    return (
        /* An `output` has the role `status`, which this page uses for the connection only. */
        /* biome-ignore lint/a11y/useSemanticElements: a fieldset would not be an output. */
        <output
            ref={place}
            role="group"
            aria-label={label}
            aria-live="polite"
            class={isError ? 'error' : toClass(state)}
        >
            {state.status === 'waiting' && <Waiting progress={state.progress} />}
            {'raw' in state && (
                <div class="outcome-head">
                    <strong class="outcome-mark">
                        {state.status === 'failed'
                            ? failureName(state.error)
                            : t(isError ? say.failure.tool : say.call.done)}
                    </strong>
                    {raw !== undefined && (
                        <QuietButton aria-pressed={isRaw.value} onClick={() => toggle(isRaw)}>
                            {t(say.call.raw)}
                        </QuietButton>
                    )}
                </div>
            )}
            {raw !== undefined && isRaw.value ? (
                <pre class="raw">{typeof raw === 'string' ? raw : prettyJson(raw)}</pre>
            ) : (
                <>
                    {state.status === 'failed' && <FailureText error={state.error} />}
                    {state.status === 'done' && children(state.result)}
                </>
            )}
        </output>
    );
}

/** The wait for a reply, with the progress that the server reports. */
function Waiting({ progress }: { progress: Progress | undefined }) {
    if (!progress) return <>{t(say.tools.waiting)}</>;
    const { progress: value, total, message } = progress;
    const step = total === undefined ? String(value) : t(say.call.step, { progress: value, total });
    return (
        <div class="progress">
            <progress aria-label={t(say.call.progress)} {...(total !== undefined && { value, max: total })} />
            <span>
                {step}
                {message !== '' && ` · ${message}`}
            </span>
        </div>
    );
}

function toClass({ status }: CallState<unknown>): string {
    return status === 'done' ? 'result' : status;
}
