import { ErrorReply } from 'redis';
import { BrokerUnavailable } from '../broker/broker.ts';

/** Most reasons of refused commands that are kept. */
const MAX_REFUSALS = 20;

/** What operators should change about Redis, as sentences without secrets. */
export class Warnings {
    #ofPolicy: readonly string[] = [];
    readonly #refusals = new Set<string>();

    get all(): readonly string[] {
        return [...this.#ofPolicy, ...this.#refusals];
    }

    /** @param info the reply of INFO. */
    noteInfo(info: string): void {
        const policy = /^maxmemory_policy:(.+?)\r?$/m.exec(info)?.[1] ?? 'noeviction';
        const isRight = policy === 'noeviction';
        this.#ofPolicy = isRight
            ? []
            : [`Redis may evict sessions: its maxmemory-policy is ${policy}; set it to noeviction`];
    }

    /** Notes why a command failed, if Redis has refused it: no report need fail for the same reason. */
    noteRefusal(error: unknown): void {
        const isRefusal = error instanceof BrokerUnavailable && error.cause instanceof ErrorReply;
        if (isRefusal && this.#refusals.size < MAX_REFUSALS) this.#refusals.add(error.message);
    }
}
