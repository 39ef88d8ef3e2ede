import type { Acceptance } from '../../broker/broker.ts';
import { cancelledBy, isOpening, type ReceivedMessage, replyTo } from '../../message/parse-message.ts';
import type { Post } from '../../server/session/known-posts.ts';
import type { McpRequest } from '../../server/types.ts';
import { toEnvelope, toSharedExtra } from '../owner/envelope.ts';
import type { SharedProcess } from '../shared-process.ts';

/** A POST whose messages are checked. */
export interface CheckedPost {
    sessionId: string;
    /** Digest of its credential. */
    credential: string;
    messages: readonly { parsed: ReceivedMessage; value: unknown }[];
    /** Only with a request. */
    post: Post | undefined;
    /** Size of the body in bytes. */
    bytes: number;
    /** Whether a stream of its own answers it. */
    opensStream: boolean;
}

/**
 * Hands the messages of a POST to the broker. If this process owns the session, runs them at once; else the owner is woken.
 *
 * @param onStream called with the number of the new stream before a message runs.
 * @throws BrokerUnavailable
 */
export async function acceptPost(
    process: SharedProcess,
    req: McpRequest,
    { sessionId, credential, messages, post, bytes, opensStream }: CheckedPost,
    onStream: (stream: number) => void = () => {}
): Promise<Acceptance> {
    const extra = toSharedExtra(req);
    const content = post?.content ?? '';
    const step = process.broker.accept(sessionId, credential, {
        messages: messages.map(({ parsed, value }) => {
            const id = replyTo(parsed);
            const cancels = parsed.kind === 'message' ? cancelledBy(parsed.message) : undefined;
            const ids = { ...(id !== undefined && { id }), ...(cancels !== undefined && { cancels }) };
            return { json: toEnvelope(value, extra), ...ids };
        }),
        content,
        name: post?.name ?? content,
        opensStream,
        // `initialize` may run twice without harm, and most sessions are idle for long after it.
        isRemembered: !messages.some(({ parsed }) => parsed.kind === 'message' && isOpening(parsed.message))
    });
    process.accepting.add(step);
    const acceptance = await step.finally(() => process.accepting.delete(step));
    if (acceptance.kind !== 'accepted') return acceptance;
    const { stream, taken } = acceptance;
    onStream(stream);
    if (!taken) return acceptance;
    const session = process.owned.get(sessionId);
    if (session?.fence === taken.fence) {
        session.inbox.takeNext(
            taken.firstEntry,
            messages.map(({ parsed }) => ({ stream, parsed, extra, bytes }))
        );
    } else void process.claims.claim(sessionId);
    return acceptance;
}
