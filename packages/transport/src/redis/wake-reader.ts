import type { WakeCause, WakeListener } from '../broker/broker.ts';
import { createConnection, destroy, inTime, toReason } from './client.ts';
import type { Membership } from './membership.ts';

/** How long one read waits for wakes, in milliseconds. */
const BLOCK_MS = 5000;
const RETRY_MS = 200;

/**
 * Reads the wakes of this process on a connection of its own, by one blocking XREAD after the last id that it has. What
 * comes while the connection is broken is read after it. Wakes are held back while commands would be rejected.
 */
export class WakeReader {
    readonly #url: string;
    readonly #membership: Membership;
    readonly #onWake: WakeListener;
    /** Why wakes do not come now; undefined if they do. */
    failure: string | undefined;
    #isClosed = false;
    #continue: () => void = () => {};
    #abort: () => void = () => {};
    readonly #loop: Promise<void>;

    constructor(url: string, membership: Membership, onWake: WakeListener) {
        this.#url = url;
        this.#membership = membership;
        this.#onWake = onWake;
        this.#loop = this.#keepReading();
    }

    /** Continues after the commands have become usable. */
    resume(): void {
        this.#continue();
    }

    async close(): Promise<void> {
        this.#isClosed = true;
        this.#abort();
        this.#continue();
        await this.#loop;
    }

    async #keepReading(): Promise<void> {
        while (!this.#isClosed) {
            await this.#untilUsable();
            if (this.#isClosed) return;
            const connection = createConnection(this.#url, BLOCK_MS + this.#membership.commandMs);
            this.#abort = () => destroy(connection);
            try {
                await inTime(connection.connect(), this.#membership.commandMs);
                // The first one does not wait, so that it is known soon whether Redis lets this process read.
                await this.#read(connection);
                while (!this.#isClosed) await this.#read(connection, BLOCK_MS);
            } catch (error) {
                this.failure = toReason(error);
                if (!this.#isClosed) await new Promise(resolve => setTimeout(resolve, RETRY_MS).unref());
            }
            destroy(connection);
        }
    }

    async #read(connection: ReturnType<typeof createConnection>, blockMs?: number): Promise<void> {
        const from = { key: this.#membership.wakeStream, id: this.#membership.lastWakeId };
        const options = { COUNT: 1000, ...(blockMs !== undefined && { BLOCK: blockMs }) };
        const reply = await connection.xRead(from, options);
        this.failure = undefined;
        for (const { id, message } of reply?.[0]?.messages ?? []) {
            await this.#untilUsable();
            if (this.#isClosed) return;
            this.#membership.lastWakeId = id;
            const { s: sessionId, c: cause, n: stream } = message;
            if (!sessionId) continue;
            const wake = [sessionId, cause as WakeCause, ...(stream ? [Number(stream)] : [])] as const;
            // An error of the listener must not look like one of Redis.
            queueMicrotask(() => this.#onWake(...wake));
        }
    }

    async #untilUsable(): Promise<void> {
        while (!this.#isClosed && !this.#membership.isUsable) {
            await new Promise<void>(resolve => {
                this.#continue = resolve;
            });
        }
    }
}
