import { type Exercise, sums } from './exercise.ts';
import type { Ledger } from './ledger.ts';

/** A JSON-RPC message of a client; a notification has no id. */
export interface ClientMessage {
    jsonrpc: '2.0';
    id?: number;
    method: string;
    params?: { name?: string; _meta?: object };
}

export interface CallerOptions {
    /** Makes the tasks of this session its own. */
    index: number;
    ledger: Ledger;
    /** What it calls; {@link sums} where none is given. */
    exercise?: Exercise | undefined;
    /** The revision of the specification that it asks for. */
    protocolVersion?: string;
    /** Settles when the server has accepted the message. */
    post(message: ClientMessage): Promise<void>;
}

/** What a client asks for over its session, however its messages travel. */
export interface Caller {
    readonly ledger: Ledger;
    initialize(): Promise<void>;
    /** Makes a call that no other is like; settles with the time at which the reply was read. */
    call(): Promise<number>;
    /** Posts a request that expects no reply. */
    notify(method: string): Promise<void>;
}

/** A caller that can be let go. */
export interface Client extends Caller {
    /** Goes away without a word, as a client does that is switched off. */
    destroy(): void;
}

export function createCaller(options: CallerOptions): Caller {
    const { index, ledger, exercise = sums, protocolVersion = '2025-06-18', post } = options;

    const request = async (
        id: number,
        method: string,
        params: ClientMessage['params'] & object,
        isRight: (result: unknown) => boolean
    ) => {
        const reply = ledger.expect(id, isRight);
        const [time] = await Promise.all([reply, post({ jsonrpc: '2.0', id, method, params })]);
        return time;
    };
    const notify = (method: string) => post({ jsonrpc: '2.0', method });

    return {
        ledger,
        async initialize() {
            const clientInfo = { name: 'bench', version: '1.0.0' };
            const params = { protocolVersion, capabilities: {}, clientInfo };
            const isRight = (result: unknown) => Object(result).protocolVersion === protocolVersion;
            await request(ledger.nextId(), 'initialize', params, isRight);
            await notify('notifications/initialized');
        },
        call() {
            const id = ledger.nextId();
            const { isRight, ...params } = exercise(index, id);
            return request(id, 'tools/call', params, isRight);
        },
        notify
    };
}
