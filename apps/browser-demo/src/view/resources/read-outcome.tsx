import * as say from '../../i18n/texts.ts';
import type { ResourceContents } from '../../mcp/features/resources.ts';
import { t } from '../../state/preferences/language.ts';
import type { CallState } from '../../state/session/call.ts';
import { ContentsView } from '../results/content-view.tsx';
import { Outcome } from '../results/outcome.tsx';

/** The outcome of reading a resource. */
export function ReadOutcome({ name, state }: { name: string; state: CallState<ResourceContents[]> }) {
    return (
        <Outcome label={t(say.resources.result, { name })} state={state}>
            {parts =>
                parts.length === 0 ? (
                    <span class="muted">{t(say.content.nothing)}</span>
                ) : (
                    parts.map(part => (
                        <>
                            <span class="result-caption">
                                <code>{part.uri}</code>
                            </span>
                            <ContentsView contents={part} />
                        </>
                    ))
                )
            }
        </Outcome>
    );
}
