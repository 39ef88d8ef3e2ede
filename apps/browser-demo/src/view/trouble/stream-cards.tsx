import { type Signal, useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { StepKind } from '../../model/aftermath.ts';
import { t } from '../../state/language.ts';
import { Attempt, sessionIdOf, TroubleCard, type TroubleProps, useTrial } from './trouble-card.tsx';

// What goes wrong with a stream, by the server's help.

const STREAM: readonly StepKind[] = ['dropped', 'opened', 'resumed', 'replaced', 'closed'];
const POSTS: readonly StepKind[] = ['posted', 'answered', 'unanswered', 'replied'];
/** One of these is the last step of a stream that broke. */
export const BACK: readonly StepKind[] = ['resumed', 'replaced', 'closed'];
const SECONDS = [1, 3, 5, 10, 30];
const CALLS = 5;

export function DropCard(props: TroubleProps) {
    const { page, connection, isReady } = props;
    const faults = page.faults.value;
    const trial = useTrial(props);
    const run = () =>
        trial.run(STREAM, async until => {
            const isBack = until(BACK);
            await faults?.drop(sessionIdOf(connection));
            await isBack;
        });
    return (
        <TroubleCard title={t('trouble.drop.title')} plan={t('trouble.drop.plan')}>
            <Attempt
                trial={trial}
                label={t('trouble.drop.button')}
                isReady={isReady}
                lacksHelp={isReady && !faults}
                onRun={() => void run()}
                lesson={t('trouble.drop.lesson')}
            />
        </TroubleCard>
    );
}

export function OutageCard(props: TroubleProps) {
    const { page, connection, isReady } = props;
    const faults = page.faults.value;
    const trial = useTrial(props);
    const seconds = useSignal(5);
    const run = () =>
        trial.run([...STREAM, ...POSTS], async until => {
            const isBack = until(BACK);
            await faults?.outage(sessionIdOf(connection), seconds.value * 1000);
            // That it fails is what is to be seen, and is in the record.
            await connection.session.request('ping').catch(() => {});
            await isBack;
        });
    return (
        <TroubleCard title={t('trouble.outage.title')} plan={t('trouble.outage.plan')}>
            <Attempt
                trial={trial}
                label={t('trouble.outage.button')}
                isReady={isReady}
                lacksHelp={isReady && !faults}
                onRun={() => void run()}
                lesson={t('trouble.outage.lesson')}
            >
                <SecondsField seconds={seconds} />
            </Attempt>
        </TroubleCard>
    );
}

export function StallCard(props: TroubleProps) {
    const { page, connection, isReady } = props;
    const faults = page.faults.value;
    const trial = useTrial(props);
    const seconds = useSignal(5);
    const withCalls = useSignal(true);
    const { session } = connection;
    const call = (number: number) =>
        session.request('tools/call', { name: 'add', arguments: { a: number, b: number } });
    const run = () =>
        trial.run([...STREAM, ...POSTS], async () => {
            const ms = seconds.value * 1000;
            await faults?.stall(sessionIdOf(connection), ms);
            const isOver = new Promise(resolve => setTimeout(resolve, ms));
            const numbers = withCalls.value ? Array.from({ length: CALLS }, (_, index) => index + 1) : [];
            await Promise.all([isOver, ...numbers.map(call)]);
        });
    return (
        <TroubleCard title={t('trouble.stall.title')} plan={t('trouble.stall.plan')}>
            <Attempt
                trial={trial}
                label={t('trouble.stall.button')}
                isReady={isReady}
                lacksHelp={isReady && !faults}
                onRun={() => void run()}
                lesson={t('trouble.stall.lesson')}
                waiting={t('trouble.stall.waiting')}
            >
                <SecondsField seconds={seconds} />
                <label class="check">
                    <input
                        type="checkbox"
                        checked={withCalls.value}
                        onChange={event => {
                            withCalls.value = event.currentTarget.checked;
                        }}
                    />
                    {t('trouble.stall.calls', { count: CALLS })}
                </label>
            </Attempt>
        </TroubleCard>
    );
}

function SecondsField({ seconds }: { seconds: Signal<number> }) {
    const id = useId();
    return (
        <span class="seconds">
            <label for={id}>{t('trouble.seconds')}</label>
            <select
                id={id}
                value={seconds.value}
                onChange={event => {
                    seconds.value = Number(event.currentTarget.value);
                }}
            >
                {SECONDS.map(choice => (
                    <option key={choice} value={choice}>
                        {choice}
                    </option>
                ))}
            </select>
        </span>
    );
}
