import { type ReadonlySignal, signal } from '@preact/signals';
import { McpSessionError } from '../../mcp/mcp-session-error.ts';
import type { Request } from '../../mcp/session/mcp-session.ts';
import type { Progress } from '../../mcp/session/progress.ts';

/** The state of a request that the user made. */
export type CallState<Result> =
    | { status: 'none' }
    | { status: 'waiting'; progress: Progress | undefined }
    /** `raw` is the result as received. */
    | { status: 'done'; result: Result; raw: unknown }
    /** `raw` is undefined if there was no answer. */
    | { status: 'failed'; error: unknown; raw: unknown };

/** A request that can be repeated, one at a time. */
export interface Call<Result> {
    readonly state: ReadonlySignal<CallState<Result>>;
    /** Does nothing while a request is pending. */
    start(params: object): Promise<void>;
    /** Cancels the pending request. */
    cancel(): void;
}

interface CallOptions {
    request: Request;
    method: string;
    /** Whether to ask the server for progress. */
    withProgress?: boolean;
}

/** @param parse reads the result; throws `McpSessionError` if the result is not valid. */
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

/** The answer that came instead of a result. */
function rawOf(error: unknown): unknown {
    const refusal = error instanceof McpSessionError ? error.refusal : undefined;
    if (refusal?.kind !== 'rpc') return refusal?.body;
    const { kind: _kind, ...said } = refusal;
    return said;
}
