import type { OwnedSession } from './owner/owned-session.ts';
import type { SharedProcess } from './shared-process.ts';

/**
 * Hands the sessions of this process to the others: ends the streams that the clients can continue elsewhere, waits up to
 * `timeoutMs` milliseconds for the calls in flight, and releases each session when its calls are answered.
 */
export async function drain(process: SharedProcess, timeoutMs: number): Promise<void> {
    process.isDraining = true;
    let cancel = () => {};
    const timeUp = new Promise<void>(resolve => {
        cancel = process.clock.schedule(resolve, timeoutMs);
    });
    process.attempts.end();
    const answering = process.streams.answers();
    for (const stream of process.streams.all()) {
        if (stream.number > 0) continue;
        stream.release(process.toRetryMs());
        process.letGo(stream);
    }
    // What the broker has given to this process has to run here.
    const arriving = Promise.allSettled([...process.accepting]).then(() => new Promise(setImmediate));
    await Promise.race([Promise.all([arriving, process.claims.settled()]), timeUp]);
    await Promise.all([...process.owned.values()].map(session => release(process, session, timeUp)));
    await Promise.race([Promise.all(answering.map(stream => stream.closed)), timeUp]);
    process.close();
    cancel();
}

async function release(process: SharedProcess, session: OwnedSession, timeUp: Promise<void>): Promise<void> {
    session.inbox.close();
    await Promise.race([session.quiet(), timeUp]);
    if (session.hasEnded) return;
    try {
        await process.broker.release(session.id, session.fence);
    } catch (error) {
        // Without the broker, the others take the session over when the lease of this process has ended.
        process.noteFailure(error);
    }
    process.lose(session.id);
    process.observer.closed?.(session, 'handed-over');
}
