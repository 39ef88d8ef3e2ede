import * as say from '../../i18n/texts.ts';
import type { McpSession } from '../../mcp/session/mcp-session.ts';
import type { PostAnswer, PostOverrides } from '../../mcp/transport/post.ts';
import type { Until } from '../../state/faults/fault-run.ts';
import { t } from '../../state/preferences/language.ts';
import { connectedIdOf, FaultCard, FaultControl, type FaultProps } from './fault-card.tsx';
import { BACK, POSTS, STREAM } from './stream-cards.tsx';

// Faults of clients that the server does not recognize.

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

export function WrongTokenCard(props: FaultProps) {
    const { session } = props.connection;
    return (
        <FaultCard
            {...props}
            of="wrongToken"
            kinds={POSTS}
            act={until => probe(session, { authorization: 'Bearer wrong' }, until)}
            lesson={({ answer }) =>
                t(answer?.status === 401 ? say.fault.wrongToken.lesson : say.fault.wrongToken.lessonOpen)
            }
        />
    );
}

export function UnknownSessionCard(props: FaultProps) {
    const { page, connection } = props;
    return (
        <FaultCard
            {...props}
            of="unknownSession"
            kinds={POSTS}
            act={until => probe(connection.session, { sessionId: UNKNOWN_ID }, until)}
            more={
                <FaultControl
                    {...props}
                    of="forget"
                    kinds={[...STREAM, 'posted']}
                    act={async until => {
                        const isBack = until(BACK);
                        // The handshake has two messages.
                        const isReady = until(['posted'], 2);
                        await page.faults.value?.forget(connectedIdOf(connection));
                        await isBack;
                        if (connection.state.value.status !== 'disconnected') {
                            await Promise.race([isReady, until(['closed'])]);
                        }
                    }}
                />
            }
        />
    );
}

/** Sends a probe and, if it is accepted, waits for the reply. */
async function probe(session: McpSession, as: PostOverrides, until: Until): Promise<PostAnswer> {
    const isDone = until(['replied', 'dropped', 'closed']);
    const answer = await session.probe(as);
    if (answer.status === 202) await isDone;
    return answer;
}
