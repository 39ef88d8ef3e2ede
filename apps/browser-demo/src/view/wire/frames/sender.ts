import type { Signal } from '@preact/signals';
import type { Connection } from '../../../state/session/connection.ts';
import type { Wire } from '../../../wire/wire.ts';
import type { WireEntry } from '../../../wire/wire-entry.ts';

/** Sends messages that the user wrote. */
export interface Sender {
    /** Whether the page has the session of that entry, and the entry is a message of the page. */
    canSendAgain(entry: WireEntry): boolean;
    /** Sends a message in the session of the entry and highlights its POST. Rejects if there is no answer. */
    send(entry: WireEntry, message: object): Promise<void>;
    /** An id that no request of the page has. */
    newId(): string;
}

let count = 0;

export function createSender(
    wire: Wire,
    connections: readonly Connection[],
    selected: Signal<number | undefined>
): Sender {
    const sessionOf = ({ session }: WireEntry) => connections.find(({ key }) => key === session)?.session;
    return {
        canSendAgain: entry => entry.kind === 'post' && entry.method === undefined && sessionOf(entry) !== undefined,
        async send(entry, message) {
            const before = wire.last;
            const sent = sessionOf(entry)?.send(message);
            const posted = wire.entries().find(({ seq, kind }) => seq > before && kind === 'post');
            if (posted) selected.value = posted.seq;
            await sent;
        },
        newId: () => `again-${++count}`
    };
}
