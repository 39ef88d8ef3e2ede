import { reasonOf } from '../../i18n/page-error.ts';
import * as say from '../../i18n/texts.ts';
import { McpSessionError } from '../../mcp/mcp-session-error.ts';
import { t, translate } from '../../state/preferences/language.ts';
import { RichText } from '../parts/rich-text.tsx';
import { ValueView } from './value-view.tsx';

/** The error of a request, and what kind of error it is. */
export function FailureText({ error }: { error: unknown }) {
    const refusal = error instanceof McpSessionError ? error.refusal : undefined;
    return (
        <>
            <span class="result-text">
                <RichText text={translate(reasonOf(error))} />
            </span>
            {refusal?.kind === 'rpc' && refusal.data !== undefined && <ValueView value={refusal.data} />}
            {refusal && (
                <span class="why">
                    <RichText text={t(say.why[refusal.kind])} />
                </span>
            )}
        </>
    );
}

/** The kind of a failure, which the page explains. */
export function failureName(error: unknown): string {
    if (!(error instanceof McpSessionError)) return t(say.failure.other);
    const { code, refusal } = error;
    if (refusal?.kind === 'rpc') return t(say.failure.rpc, { code: refusal.code });
    if (refusal?.kind === 'http') return `HTTP ${refusal.status}`;
    return t(code === 'cancelled' ? say.failure.cancelled : say.failure.other);
}
