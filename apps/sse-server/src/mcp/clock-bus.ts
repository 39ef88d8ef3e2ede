import { CLOCK_URI, type Clock, createSubscription } from '@calc/tools';
import { InMemoryServerEventBus, type ServerEventBus } from '@modelcontextprotocol/server';

/** The event bus by which `subscriptions/listen` is notified of the clock. The clock ticks only while a client listens. */
export function createClockBus(clock: Clock, onError: (error: Error) => void): ServerEventBus {
    const bus = new InMemoryServerEventBus(onError);
    const ticking = createSubscription(clock, () => bus.publish({ kind: 'resource_updated', uri: CLOCK_URI }));
    return {
        publish: event => bus.publish(event),
        subscribe(listener) {
            const unsubscribe = bus.subscribe(listener);
            ticking.start();
            return () => {
                unsubscribe();
                if (bus.listenerCount === 0) ticking.stop();
            };
        }
    };
}
