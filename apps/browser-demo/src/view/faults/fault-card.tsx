import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useMemo } from 'preact/hooks';
import type { StepKind } from '../../faults/fault-steps.ts';
import * as say from '../../i18n/texts.ts';
import type { PostAnswer } from '../../mcp/transport/transport.ts';
import { createFaultRun, type FaultRunState, type Until } from '../../state/faults/fault-run.ts';
import type { Page } from '../../state/page.ts';
import { t } from '../../state/preferences/language.ts';
import type { Connection } from '../../state/session/connection.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { Card } from '../parts/card.tsx';
import { RichText } from '../parts/rich-text.tsx';
import { FaultOutcome } from './fault-outcome.tsx';

/** What every card is told. */
export interface FaultProps {
    page: Page;
    connection: Connection;
}

interface FaultCardProps extends FaultControlProps {
    of: Exclude<FaultControlProps['of'], 'forget'>;
    /** What is below it. */
    more?: ComponentChildren;
}

/** One of the faults, and how it is tried. */
export function FaultCard({ more, ...control }: FaultCardProps) {
    return (
        <Card title={t(say.fault[control.of].title)} description={<RichText text={t(say.fault[control.of].plan)} />}>
            <FaultControl {...control} />
            {more}
        </Card>
    );
}

interface FaultControlProps extends FaultProps {
    /** Which of the faults it is. */
    of: keyof typeof say.fault;
    /** Whether the server has to help. */
    needsHelp?: boolean;
    /** The steps that tell something here. */
    kinds: readonly StepKind[];
    act(until: Until): Promise<PostAnswer | undefined>;
    /** Whether entries of that other session tell something here too. */
    follows?(session: string): boolean;
    /** What a good client does about it, and what is being waited for, where that depends on what came of it. */
    lesson?(state: FaultRunState): string;
    waiting?(state: FaultRunState): string;
    /** Controls before the button, and after it. */
    children?: ComponentChildren;
    undo?: ComponentChildren;
}

/** A button, and what came of it. */
export function FaultControl({ page, connection, of, needsHelp = false, kinds, act, ...rest }: FaultControlProps) {
    const helpId = useId();
    const { key } = connection;
    // In this session, for as long as the card is there.
    const run = useMemo(
        () => createFaultRun(page.record, session => session === key || rest.follows?.(session) === true),
        [page, key]
    );
    useLayoutEffect(() => run.stop, [run]);

    const state = run.state.value;
    const isReady = page.isOwn(connection) && connection.state.value.status === 'connected';
    const lacksHelp = needsHelp && isReady && !page.faults.value;
    const lesson = rest.lesson?.(state) ?? t(say.fault[of].lesson);
    // Who closed the session in the middle has seen something else; other streams may well be closed.
    const wasSeen = state.status === 'over' && (rest.follows || !state.steps.some(({ kind }) => kind === 'closed'));
    return (
        <div class="fault">
            <div class="fault-controls">
                {rest.children}
                <ActionButton
                    idle={!isReady || lacksHelp || state.status === 'running'}
                    onClick={() => void run.run(kinds, act)}
                    aria-describedby={lacksHelp ? helpId : undefined}
                >
                    {t(say.fault[of].button)}
                </ActionButton>
                {rest.undo}
                {lacksHelp && (
                    <span id={helpId} class="help">
                        <RichText text={t(say.faults.needs)} />
                    </span>
                )}
            </div>
            <FaultOutcome state={state} waiting={rest.waiting?.(state) ?? t(say.faults.watching)} />
            {wasSeen && (
                <p class="lesson">
                    <RichText text={lesson} />
                </p>
            )}
        </div>
    );
}

/** The id of the session, which is connected where something can be tried. */
export function connectedIdOf({ state }: Connection): string {
    return state.value.status === 'connected' ? state.value.sessionId : '';
}
