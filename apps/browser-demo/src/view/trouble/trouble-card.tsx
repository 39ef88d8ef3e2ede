import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useMemo } from 'preact/hooks';
import type { Connection } from '../../state/connection.ts';
import { t } from '../../state/language.ts';
import type { Page } from '../../state/page.ts';
import { createTrial, type Trial } from '../../state/trial.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { RichText } from '../parts/rich-text.tsx';
import { TrialOutcome } from './trial-outcome.tsx';

/** What every card is told. */
export interface TroubleProps {
    page: Page;
    connection: Connection;
    /** Whether there is a session with this page's server to try it in. */
    isReady: boolean;
}

interface TroubleCardProps {
    title: string;
    /** What will happen. */
    plan: string;
    children: ComponentChildren;
}

export function TroubleCard({ title, plan, children }: TroubleCardProps) {
    const id = useId();
    return (
        <section class="trouble" aria-labelledby={id}>
            <h3 id={id}>{title}</h3>
            <p class="description">
                <RichText text={plan} />
            </p>
            {children}
        </section>
    );
}

interface AttemptProps {
    trial: Trial;
    label: string;
    isReady: boolean;
    /** Whether the server has to help, which this one does not. */
    lacksHelp?: boolean;
    onRun(): void;
    /** What a good client does about it. */
    lesson: string;
    /** What is being waited for. */
    waiting?: string;
    /** Controls before the button, and after it. */
    children?: ComponentChildren;
    undo?: ComponentChildren;
}

/** A button, and what came of it. */
export function Attempt({ trial, label, isReady, lacksHelp, onRun, lesson, waiting, children, undo }: AttemptProps) {
    const id = useId();
    const { status } = trial.state.value;
    const idle = !isReady || lacksHelp || status === 'running';
    return (
        <div class="attempt">
            <div class="attempt-controls">
                {children}
                <ActionButton idle={idle} onClick={onRun} {...(lacksHelp && { 'aria-describedby': id })}>
                    {label}
                </ActionButton>
                {undo}
                {lacksHelp && (
                    <span id={id} class="help">
                        <RichText text={t('trouble.needs')} />
                    </span>
                )}
            </div>
            <TrialOutcome state={trial.state.value} waiting={waiting ?? t('trouble.watching')} />
            {status === 'over' && (
                <p class="lesson">
                    <RichText text={lesson} />
                </p>
            )}
        </div>
    );
}

/** A trial in this session, for as long as the card is there. */
export function useTrial(
    { page, connection: { key } }: TroubleProps,
    alsoFollows = (_session: string) => false
): Trial {
    const trial = useMemo(
        () => createTrial(page.record, session => session === key || alsoFollows(session)),
        [page, key]
    );
    useLayoutEffect(() => trial.stop, [trial]);
    return trial;
}

/** The id of the session, which is connected where something can be tried. */
export function sessionIdOf({ state }: Connection): string {
    return state.value.status === 'connected' ? state.value.sessionId : '';
}
