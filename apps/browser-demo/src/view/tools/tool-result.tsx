import type { Message } from '../../i18n/i18n.ts';
import { t, tell } from '../../state/language.ts';
import type { ToolResult } from '../../tools.ts';

/** What a call gave: its text first, then the same for programs. */
export function ToolOutcome({ result: { content, isError, structuredContent } }: { result: ToolResult }) {
    return (
        <>
            {isError && <ErrorMark />}
            {content.map(block =>
                typeof block.text === 'string' ? (
                    <span class="result-text">{block.text}</span>
                ) : (
                    <code class="result-data">{JSON.stringify(block, null, 2)}</code>
                )
            )}
            {structuredContent !== undefined && (
                <>
                    <span class="result-caption">structuredContent</span>
                    <code class="result-data">{JSON.stringify(structuredContent, null, 2)}</code>
                </>
            )}
        </>
    );
}

/** Why a call gave no result. */
export function ToolFailure({ reason }: { reason: Message | string }) {
    return (
        <>
            <ErrorMark />
            <span class="result-text">{tell(reason)}</span>
        </>
    );
}

function ErrorMark() {
    return <strong class="result-mark">{t('tool.error')}</strong>;
}
