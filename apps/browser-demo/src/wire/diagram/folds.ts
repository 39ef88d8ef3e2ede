import type { Exchanges } from '../exchanges.ts';
import type { WireEntry } from '../wire-entry.ts';
import type { Bands } from './bands.ts';

/**
 * Why consecutive entries share a row: they are heartbeats, or what the page and the server repeat without the user, or
 * failed attempts to open the stream.
 */
export type FoldKind = 'heartbeats' | 'background' | 'attempts';

/** Finds the entries that need no row of their own. */
export interface Folds {
    /** The fold that the next visible entry belongs to; undefined if it gets a row of its own. */
    next(entry: WireEntry): FoldKind | undefined;
}

export function createFolds(exchanges: Exchanges, bands: Bands): Folds {
    /** The notifications since the last entry that the user caused. The first of each kind gets a row. */
    const seen = new Set<string>();

    const isAutomatic = (entry: WireEntry): boolean => {
        const sent = entry.kind === 'post' ? entry : exchanges.of(entry.seq)?.sent;
        return sent?.kind === 'post' && sent.automatic === true;
    };
    return {
        next(entry) {
            if (entry.kind === 'comment') return 'heartbeats';
            if (isAutomatic(entry)) return 'background';
            if (entry.kind === 'event' && entry.rpc?.kind === 'notification' && !isProgress(entry.rpc.method)) {
                const key = `${entry.session} ${entry.rpc.method}`;
                if (seen.has(key)) return 'background';
                seen.add(key);
                return undefined;
            }
            if (isFailedAttempt(entry, bands)) return 'attempts';
            seen.clear();
            return undefined;
        }
    };
}

/** Whether a request for a stream failed. It is recorded like the break of a stream, but there is none to break. */
export function isFailedAttempt(entry: WireEntry, bands: Bands): boolean {
    const isBreak = entry.kind === 'dropped' || (entry.kind === 'ended' && entry.detail !== undefined);
    return isBreak && bands.of(entry.seq).length === 0;
}

function isProgress(method: string): boolean {
    return method === 'notifications/progress';
}
