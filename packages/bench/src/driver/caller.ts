import { isSum, type Ledger } from './ledger.ts';

export interface CallerOptions {
    /** Makes the terms of this session's sums its own. */
    index: number;
    ledger: Ledger;
    /** Settles when the server has accepted the message. */
    post(body: string): Promise<void>;
}

/** What a client asks for over its session, however its messages travel. */
export interface Caller {
    readonly ledger: Ledger;
    initialize(): Promise<void>;
    /** Calls `add` with terms used nowhere else; settles with the time at which the reply was read. */
    call(): Promise<number>;
    /** Posts a request that expects no reply. */
    notify(method: string): Promise<void>;
}

/** The sums of two sessions never meet as long as neither makes more calls than a third of this. */
const SUMS_PER_SESSION = 100_000_000;

export function createCaller({ index, ledger, post }: CallerOptions): Caller {
    const request = async (id: number, method: string, params: object, isRight: (result: unknown) => boolean) => {
        const reply = ledger.expect(id, isRight);
        const message = { jsonrpc: '2.0', id, method, params };
        const [time] = await Promise.all([reply, post(JSON.stringify(message))]);
        return time;
    };
    const notify = (method: string) => post(JSON.stringify({ jsonrpc: '2.0', method }));

    return {
        ledger,
        async initialize() {
            const clientInfo = { name: 'bench', version: '1.0.0' };
            const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
            const isRight = (result: unknown) => typeof Object(result).protocolVersion === 'string';
            await request(ledger.nextId(), 'initialize', params, isRight);
            await notify('notifications/initialized');
        },
        call() {
            const id = ledger.nextId();
            const a = index * SUMS_PER_SESSION + id;
            const b = id * 2;
            const params = { name: 'add', arguments: { a, b } };
            return request(id, 'tools/call', params, result => isSum(result, a + b));
        },
        notify
    };
}
