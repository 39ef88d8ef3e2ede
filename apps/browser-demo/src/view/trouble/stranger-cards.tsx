import type { McpSession } from '../../mcp-session.ts';
import type { StepKind } from '../../model/aftermath.ts';
import { t } from '../../state/language.ts';
import type { Until } from '../../state/trial.ts';
import type { Guise, PostAnswer } from '../../transport.ts';
import { BACK } from './stream-cards.tsx';
import { Attempt, sessionIdOf, TroubleCard, type TroubleProps, useTrial } from './trouble-card.tsx';

// What a server does with those whom it does not know.

const POSTS: readonly StepKind[] = ['posted', 'answered', 'unanswered', 'replied'];
const NEVER_WAS = '00000000-0000-4000-8000-000000000000';

export function TokenCard(props: TroubleProps) {
    const { connection, isReady } = props;
    const trial = useTrial(props);
    const run = () => trial.run(POSTS, until => probe(connection.session, { authorization: 'Bearer wrong' }, until));
    const wasRefused = trial.state.value.answer?.status === 401;
    return (
        <TroubleCard title={t('trouble.token.title')} plan={t('trouble.token.plan')}>
            <Attempt
                trial={trial}
                label={t('trouble.token.button')}
                isReady={isReady}
                onRun={() => void run()}
                lesson={t(wasRefused ? 'trouble.token.lesson' : 'trouble.token.lessonOpen')}
            />
        </TroubleCard>
    );
}

export function UnknownCard(props: TroubleProps) {
    const { page, connection, isReady } = props;
    const faults = page.faults.value;
    const stranger = useTrial(props);
    const forgotten = useTrial(props);
    const ask = () => stranger.run(POSTS, until => probe(connection.session, { sessionId: NEVER_WAS }, until));
    const forget = () =>
        forgotten.run(['dropped', 'opened', 'resumed', 'replaced', 'closed', 'posted'], async until => {
            const isBack = until(BACK);
            await faults?.forget(sessionIdOf(connection));
            await isBack;
            // The two messages of the handshake.
            if (connection.state.value.status !== 'disconnected') await until(['posted', 'closed'], 2);
        });
    return (
        <TroubleCard title={t('trouble.unknown.title')} plan={t('trouble.unknown.plan')}>
            <Attempt
                trial={stranger}
                label={t('trouble.unknown.button')}
                isReady={isReady}
                onRun={() => void ask()}
                lesson={t('trouble.unknown.lesson')}
            />
            <Attempt
                trial={forgotten}
                label={t('trouble.forget.button')}
                isReady={isReady}
                lacksHelp={isReady && !faults}
                onRun={() => void forget()}
                lesson={t('trouble.forget.lesson')}
            />
        </TroubleCard>
    );
}

/** Sends it, and if it is accepted waits for the reply. */
async function probe(session: McpSession, as: Guise, until: Until): Promise<PostAnswer> {
    const isDone = until(['replied', 'dropped', 'closed']);
    const answer = await session.probe(as);
    if (answer.status === 202) await isDone;
    return answer;
}
