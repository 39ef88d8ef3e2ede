import { createWire, type Wire, type WireOptions } from '../../src/wire/wire.ts';

/** A record whose time the test sets. */
export function createRecord(options: Partial<WireOptions> = {}) {
    let time = 1000;
    const wire: Wire = createWire({ now: () => time, ...options });
    const message = (body: object) => JSON.stringify({ jsonrpc: '2.0', ...body });
    let posts = 0;
    return {
        wire,
        /** Advances the time by `ms` milliseconds. */
        pass: (ms: number) => {
            time += ms;
        },
        now: () => time,
        post: (body: object, session: string | { automatic: true } = 'a') => {
            const fact = {
                kind: 'post',
                number: ++posts,
                url: 'http://calc.test/messages',
                body: message(body),
                ...(typeof session === 'object' && session)
            } as const;
            return wire.record(typeof session === 'string' ? session : 'a', fact);
        },
        answer: (number = posts, session = 'a') =>
            wire.record(session, { kind: 'answered', number, status: 202, statusText: 'Accepted' }),
        event: (body: object, session = 'a') =>
            wire.record(session, { kind: 'event', event: 'message', id: '', data: message(body) }),
        endpoint: (data: string, session = 'a') =>
            wire.record(session, { kind: 'event', event: 'endpoint', id: 's:0', data })
    };
}
