import { isRecord, type RpcId } from '../json-rpc.ts';

/** How far a call has got, in the server's own measure. */
export interface Progress {
    /** What the request has named for it. */
    token: RpcId;
    progress: number;
    /** Undefined where the server does not know either. */
    total: number | undefined;
    /** Empty if the server has none. */
    message: string;
}

/** Reads the params of `notifications/progress`; undefined if they are none. */
export function parseProgress(params: unknown): Progress | undefined {
    if (!isRecord(params) || typeof params.progress !== 'number') return undefined;
    const { progressToken: token, progress, total, message } = params;
    if (typeof token !== 'number' && typeof token !== 'string') return undefined;
    const hasTotal = typeof total === 'number' && total > 0;
    return {
        token,
        progress,
        total: hasTotal ? total : undefined,
        message: typeof message === 'string' ? message : ''
    };
}
