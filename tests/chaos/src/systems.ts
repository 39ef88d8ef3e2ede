import { fileURLToPath } from 'node:url';
import { serverMain } from '@calc/test-helpers';
import type { ServerCommand } from './cluster/server-process.ts';

export const systemNames = ['redis', 'relay', 'sticky'] as const;
export type SystemName = (typeof systemNames)[number];

/** The tokens of two users. */
export const ALICE = 'alice-chaos';
export const MALLORY = 'mallory-chaos';

/** What is compared. */
export interface System {
    name: SystemName;
    title: string;
    usesRedis: boolean;
    isSticky: boolean;
    /** The server of the load. */
    calculator(redisUrl: string | undefined): ServerCommand;
    /** A server with the slow tools. */
    slow(redisUrl: string | undefined): ServerCommand;
}

const ENVIRONMENT = {
    PORT: '0',
    MCP_AUTH_TOKEN: `${ALICE},${MALLORY}`,
    RATE_LIMIT: 'off',
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'warn',
    MAX_SESSIONS: '12000',
    HEARTBEAT_MS: '1000',
    // Longer than any fault takes, and short enough to see that sessions end.
    RESUME_WINDOW_MS: '30000',
    SESSION_UNUSED_MS: '600000',
    SESSION_STREAMLESS_MS: '600000'
};

const ownServer = (name: string) => fileURLToPath(new URL(`servers/${name}.ts`, import.meta.url));
/** Another process answers at once, so clients need not wait for long. */
const withRedis = (url: string | undefined) => (url === undefined ? {} : { REDIS_URL: url, RETRY_MS: '500' });

const product = (redisUrl: string | undefined): ServerCommand => ({
    args: [serverMain],
    env: { ...ENVIRONMENT, ...withRedis(redisUrl) }
});
const own = (name: string) => (redisUrl: string | undefined) => ({
    args: ['--import', 'tsx', ownServer(name)],
    env: { ...ENVIRONMENT, ...withRedis(redisUrl) }
});

export const systems: Record<SystemName, System> = {
    redis: {
        name: 'redis',
        title: 'this server with `REDIS_URL`',
        usesRedis: true,
        isSticky: false,
        calculator: product,
        slow: own('slow')
    },
    relay: {
        name: 'relay',
        title: "the SDK's transports, relayed by Redis pub/sub",
        usesRedis: true,
        isSticky: false,
        calculator: own('relay'),
        slow: own('relay')
    },
    sticky: {
        name: 'sticky',
        title: 'this server without Redis, sticky routing',
        usesRedis: false,
        isSticky: true,
        calculator: product,
        slow: own('slow')
    }
};
