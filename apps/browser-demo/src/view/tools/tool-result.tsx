import * as say from '../../i18n/texts.ts';
import type { ToolResult } from '../../mcp/features/tools.ts';
import { t } from '../../state/preferences/language.ts';
import { RichText } from '../parts/rich-text.tsx';
import { ContentView } from '../results/content-view.tsx';
import { ValueView } from '../results/value-view.tsx';

/** The result of a call: its content, then its structured content. */
export function ToolResultView({ result: { content, isError, structuredContent } }: { result: ToolResult }) {
    return (
        <>
            <ContentView content={content} />
            {content.length === 0 && structuredContent === undefined && (
                <span class="muted">{t(say.content.nothing)}</span>
            )}
            {structuredContent !== undefined && (
                <>
                    <span class="result-caption">structuredContent</span>
                    <ValueView value={structuredContent} />
                </>
            )}
            {isError && (
                <span class="why">
                    <RichText text={t(say.why.tool)} />
                </span>
            )}
        </>
    );
}
