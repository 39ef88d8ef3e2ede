import { CLOCK_URI, type Clock, type ClockSubscription, createSubscription } from './clock.ts';

/** What the servers of both SDK generations have in common. */
interface UpdatingServer {
    onclose?: (() => void) | undefined;
    onerror?: ((error: Error) => void) | undefined;
    sendResourceUpdated(params: { uri: string }): Promise<void>;
}

/** Subscribes a server to the clock, to notify its client after each tick. Ends with the connection. */
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
