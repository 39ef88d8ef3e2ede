import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useMemo } from 'preact/hooks';
import type { StepKind } from '../../faults/fault-steps.ts';
import type { Faults } from '../../faults/faults.ts';
import type { Text } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import type { PostAnswer } from '../../mcp/transport/post.ts';
import { createFaultRun, type FaultRunState, type Until } from '../../state/faults/fault-run.ts';
import type { Page } from '../../state/page.ts';
import { t } from '../../state/preferences/language.ts';
import type { Connection } from '../../state/session/connection.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { Card } from '../parts/card.tsx';
import { RichText } from '../parts/rich-text.tsx';
import { FaultOutcome } from './fault-outcome.tsx';

/** The props of every fault card. */
export interface FaultProps {
    page: Page;
    connection: Connection;
}

interface FaultCardProps extends FaultControlProps {
    of: Exclude<FaultControlProps['of'], 'forget'>;
    /** Content below the control. */
    more?: ComponentChildren;
}

/** One fault, with its description and control. */
export function FaultCard({ more, ...control }: FaultCardProps) {
    return (
        <Card
            tour={`fault-${control.of}`}
            title={t(say.fault[control.of].title)}
            description={<RichText text={t(say.fault[control.of].plan)} />}
        >
            <FaultControl {...control} />
            {more}
        </Card>
    );
}

interface FaultControlProps extends FaultProps {
    /** The key of the fault. */
    of: keyof typeof say.fault;
    /** The kinds of steps to show. */
    kinds: readonly StepKind[];
    act(until: Until): Promise<PostAnswer | undefined>;
    /** Whether to show the steps of another session too. */
    follows?(session: string): boolean;
    /** The explanation, and the text while waiting, if they depend on the outcome. */
    lesson?(state: FaultRunState): string;
    waiting?(state: FaultRunState): string;
    /** Controls before and after the button. */
    children?: ComponentChildren;
    undo?: ComponentChildren;
}

/** The faults that the server must inject. */
const INJECTED: ReadonlySet<string> = new Set<keyof Faults>(['drop', 'stall', 'outage', 'forget']);

/** A button that injects a fault, and the outcome. */
export function FaultControl({ page, connection, of, kinds, act, ...rest }: FaultControlProps) {
    const helpId = useId();
    const { key } = connection;
    // One run for each session, for the lifetime of the card.
    const run = useMemo(
        () => createFaultRun(page.record, session => session === key || rest.follows?.(session) === true),
        [page, key]
    );
    useLayoutEffect(() => run.stop, [run]);

    const state = run.state.value;
    const isReady = page.isOwn(connection) && connection.state.value.status === 'connected';
    const cannot = connection.transport === 'streamable' && of === 'stall';
    const lacksHelp = INJECTED.has(of) && isReady && !page.faults.value;
    const lesson = rest.lesson?.(state) ?? t(lessonOf(of, connection));
    // If the user closed the session meanwhile, the explanation would not fit. Closing other streams is part of some
    // faults.
    const wasSeen = state.status === 'over' && (rest.follows || !state.steps.some(({ kind }) => kind === 'closed'));
    return (
        <div class="fault">
            <div class="fault-controls">
                {rest.children}
                <ActionButton
                    idle={!isReady || cannot || lacksHelp || state.status === 'running'}
                    onClick={() => void run.run(kinds, act)}
                    aria-describedby={cannot || lacksHelp ? helpId : undefined}
                >
                    {t(say.fault[of].button)}
                </ActionButton>
                {rest.undo}
                {(cannot || lacksHelp) && (
                    <span id={helpId} class="help">
                        <RichText text={t(cannot ? say.fault.stall.cannot : say.faults.needs)} />
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

/** What a fault teaches depends on the transport. */
function lessonOf(of: keyof typeof say.fault, { transport }: Connection): Text {
    const isOther = transport === 'streamable' && (of === 'drop' || of === 'outage' || of === 'forget');
    return isOther ? say.fault[of].lessonStreamable : say.fault[of].lesson;
}

/** The id of the session. Faults can only be injected while it is connected. */
export function connectedIdOf({ state }: Connection): string {
    return state.value.status === 'connected' ? state.value.sessionId : '';
}
