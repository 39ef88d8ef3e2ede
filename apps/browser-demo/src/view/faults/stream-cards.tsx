import { type Signal, useSignal } from '@preact/signals';
import type { StepKind } from '../../faults/fault-steps.ts';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import { set, toggle } from '../parts/signals.ts';
import { connectedIdOf, FaultCard, type FaultProps } from './fault-card.tsx';

// Faults of a stream that the server injects.

export const STREAM: readonly StepKind[] = [
    'dropped',
    'attempt',
    'opened',
    'declined',
    'resumed',
    'replaced',
    'closed'
];
export const POSTS: readonly StepKind[] = ['posted', 'answered', 'unanswered', 'replied'];
/** The last step after a stream broke is one of these. */
export const BACK: readonly StepKind[] = ['resumed', 'replaced', 'closed'];
const SECONDS = [1, 3, 5, 10, 30];
const CALLS = 5;

export function DropCard(props: FaultProps) {
    const { page, connection } = props;
    return (
        <FaultCard
            {...props}
            of="drop"
            kinds={STREAM}
            act={async until => {
                const isBack = until(BACK);
                await page.faults.value?.drop(connectedIdOf(connection));
                await isBack;
            }}
        />
    );
}

export function OutageCard(props: FaultProps) {
    const { page, connection } = props;
    const seconds = useSignal(5);
    return (
        <FaultCard
            {...props}
            of="outage"
            kinds={[...STREAM, ...POSTS]}
            act={async until => {
                const isBack = until(BACK);
                await page.faults.value?.outage(connectedIdOf(connection), seconds.value * 1000);
                // The failure is the point of this fault. The record shows it.
                await connection.session.request('ping').catch(() => {});
                await isBack;
            }}
        >
            <SecondsField seconds={seconds} />
        </FaultCard>
    );
}

export function StallCard(props: FaultProps) {
    const { page, connection } = props;
    const seconds = useSignal(5);
    const withCalls = useSignal(true);
    const call = (number: number) =>
        connection.session.request('tools/call', { name: 'add', arguments: { a: number, b: number } });
    return (
        <FaultCard
            {...props}
            of="stall"
            kinds={[...STREAM, ...POSTS]}
            act={async () => {
                const ms = seconds.value * 1000;
                await page.faults.value?.stall(connectedIdOf(connection), ms);
                const isOver = new Promise(resolve => setTimeout(resolve, ms));
                const numbers = withCalls.value ? Array.from({ length: CALLS }, (_, index) => index + 1) : [];
                await Promise.all([isOver, ...numbers.map(call)]);
            }}
            waiting={() => t(say.fault.stall.waiting)}
        >
            <SecondsField seconds={seconds} />
            <label class="check">
                <input type="checkbox" checked={withCalls.value} onChange={() => toggle(withCalls)} />
                {t(say.fault.stall.calls, { count: CALLS })}
            </label>
        </FaultCard>
    );
}

function SecondsField({ seconds }: { seconds: Signal<number> }) {
    return (
        <label class="check">
            {t(say.faults.seconds)}
            <select value={seconds.value} onChange={({ currentTarget }) => set(seconds, Number(currentTarget.value))}>
                {SECONDS.map(choice => (
                    <option key={choice} value={choice}>
                        {choice}
                    </option>
                ))}
            </select>
        </label>
    );
}
