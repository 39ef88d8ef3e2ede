import { type ReadonlySignal, signal } from '@preact/signals';
import { McpSessionError } from '../../mcp/mcp-session-error.ts';
import type { Request } from '../../mcp/session/mcp-session.ts';
import type { Progress } from '../../mcp/session/progress.ts';

/** How a request that a person made goes. */
export type CallState<Result> =
    | { status: 'none' }
    | { status: 'waiting'; progress: Progress | undefined }
    /** `raw` is the result as it came. */
    | { status: 'done'; result: Result; raw: unknown }
    /** `raw` is undefined where nothing came. */
    | { status: 'failed'; error: unknown; raw: unknown };

/** A request that can be made again and again, one at a time. */
export interface Call<Result> {
    readonly state: ReadonlySignal<CallState<Result>>;
    /** Does nothing while it waits. */
    start(params: object): Promise<void>;
    /** Ends the wait. */
    cancel(): void;
}

interface CallOptions {
    request: Request;
    method: string;
    /** Whether to ask the server how far it has got. */
    withProgress?: boolean;
}

/** @param parse reads the result; it throws `McpSessionError` where that is not what the method promises. */
export function createCall<Result>(
    { request, method, withProgress = false }: CallOptions,
    parse: (result: unknown) => Result
): Call<Result> {
    const state = signal<CallState<Result>>({ status: 'none' });
    let abort: AbortController | undefined;
    const onProgress = (progress: Progress): void => {
        state.value = { status: 'waiting', progress };
    };
    return {
        state,
        cancel: () => abort?.abort(),
        async start(params) {
            if (state.value.status === 'waiting') return;
            state.value = { status: 'waiting', progress: undefined };
            abort = new AbortController();
            let raw: unknown;
            try {
                raw = await request(method, params, { signal: abort.signal, ...(withProgress && { onProgress }) });
                state.value = { status: 'done', result: parse(raw), raw };
            } catch (error) {
                state.value = { status: 'failed', error, raw: raw ?? rawOf(error) };
            }
        }
    };
}

/** What was answered in place of a result. */
function rawOf(error: unknown): unknown {
    const refusal = error instanceof McpSessionError ? error.refusal : undefined;
    if (refusal?.kind !== 'rpc') return refusal?.body;
    const { kind: _kind, ...said } = refusal;
    return said;
}
