import { isRecord, type RpcId, textOr } from '../json-rpc.ts';

/** The progress of a call, in a unit that the server chooses. */
export interface Progress {
    /** The `progressToken` of the request. */
    token: RpcId;
    progress: number;
    /** Undefined if the server does not know it. */
    total: number | undefined;
    /** Empty if the server sends none. */
    message: string;
}

/** Parses the params of `notifications/progress`; undefined if they are not valid. */
export function parseProgress(params: unknown): Progress | undefined {
    if (!isRecord(params) || typeof params.progress !== 'number') return undefined;
    const { progressToken: token, progress, total, message } = params;
    if (typeof token !== 'number' && typeof token !== 'string') return undefined;
    const hasTotal = typeof total === 'number' && total > 0;
    return { token, progress, total: hasTotal ? total : undefined, message: textOr(message) };
}
