import { CLOCK_URI, type Clock, type ClockSubscription, createSubscription } from './clock.ts';

/** What the servers of both generations of the SDK have. */
interface UpdatingServer {
    onclose?: (() => void) | undefined;
    onerror?: ((error: Error) => void) | undefined;
    sendResourceUpdated(params: { uri: string }): Promise<void>;
}

/** A server's subscription to the clock, by which its client is told of each tick. It ends with the connection. */
export function createServerSubscription(server: UpdatingServer, clock: Clock): ClockSubscription {
    const subscription = createSubscription(clock, () => {
        server.sendResourceUpdated({ uri: CLOCK_URI }).catch((error: Error) => server.onerror?.(error));
    });
    const { onclose } = server;
    server.onclose = () => {
        subscription.stop();
        onclose?.();
    };
    return subscription;
}
