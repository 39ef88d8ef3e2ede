import { createRedisBroker } from '@calc/transport/redis';
import type { Sessions, SessionsOptions } from '@calc/transport/server';
import { createSharedSessions, toBrokerLimits } from '@calc/transport/shared';
import type { Store } from 'express-rate-limit';
import type { SignIns } from '../access/sign-ins.ts';
import { createTokens } from '../access/tokens.ts';
import type { Config } from '../config/config.ts';
import { limitLines } from '../operations/limit-lines.ts';
import type { Log } from '../operations/log.ts';
import type { RedisState } from '../operations/metrics.ts';
import { isRepeatable } from './is-repeatable.ts';
import { createRateStore } from './rate-store.ts';
import { createSharedSignIns } from './shared-sign-ins.ts';

/** How often to look whether Redis is available, in milliseconds. */
const LOOK_MS = 250;
const MINUTE_MS = 60_000;

/** What the processes that share a Redis keep there. */
export interface Redis extends RedisState, AsyncDisposable {
    createSessions(options: SessionsOptions): Sessions;
    createSignIns(now: () => Date): SignIns;
    readonly rateStore: Store;
}

/** Connects to the configured Redis. Resolves in about a second even if Redis does not answer; it then tries on. */
export async function connectRedis(config: Config, url: string, log: Log): Promise<Redis> {
    const broker = await createRedisBroker({ url, limits: toBrokerLimits(config.limits) });
    let known: string | undefined;
    const warned = new Set<string>();
    const look = () => {
        const reason = broker.whyUnavailable;
        for (const warning of broker.warnings) if (!warned.has(warning)) log.warn(warning);
        for (const warning of broker.warnings) warned.add(warning);
        if (reason !== undefined && known === undefined) {
            log.warn({ reason }, 'Redis is not available: sessions wait, and new ones are refused');
        } else if (reason === undefined && known !== undefined) log.info('Redis is available again');
        known = reason;
    };
    look();
    const timer = setInterval(look, LOOK_MS).unref();
    const mayLog = limitLines(1, MINUTE_MS, count =>
        log.warn({ count }, 'Redis refused more commands of the rate or a sign-in')
    );
    const send = async (command: readonly string[]) => {
        try {
            return await broker.send(command);
        } catch (error) {
            if (isRefusal(error) && mayLog())
                log.warn({ err: error }, 'Redis refused a command of the rate or a sign-in');
            throw error;
        }
    };
    return {
        createSessions: options => createSharedSessions({ ...options, broker, isRepeatable }),
        createSignIns: now => createSharedSignIns(send, createTokens(config.tokens), now),
        rateStore: createRateStore(send),
        get whyUnavailable() {
            return broker.whyUnavailable;
        },
        get rejectedCommands() {
            return broker.rejectedCommands;
        },
        async [Symbol.asyncDispose]() {
            clearInterval(timer);
            await broker[Symbol.asyncDispose]();
        }
    };
}

/** Whether Redis did not want to run a command, and not only because it has to load the script first. */
function isRefusal(error: unknown): boolean {
    return error instanceof Error && error.name !== 'BrokerUnavailable' && !error.message.startsWith('NOSCRIPT');
}
