import { useId, useMemo } from 'preact/hooks';
import type { Request } from '../../mcp-session.ts';
import { fieldsFromSchema } from '../../model/schema-form.ts';
import { createCall } from '../../state/call.ts';
import { t } from '../../state/language.ts';
import { parseToolResult, type ToolDescription } from '../../tools.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { LongText } from '../parts/long-text.tsx';
import { Outcome } from '../results/outcome.tsx';
import { ArgumentForm } from './argument-form.tsx';
import { ToolResultView } from './tool-result.tsx';

interface ToolCardProps {
    tool: ToolDescription;
    request: Request;
}

/** A tool as a form: its arguments, a button to call it, and what came of the last call. */
export function ToolCard({ tool, request }: ToolCardProps) {
    const titleId = useId();
    const { name, title, description, inputSchema } = tool;
    const fields = useMemo(() => fieldsFromSchema(inputSchema), [inputSchema]);
    const call = useMemo(
        () => createCall({ request, method: 'tools/call', withProgress: true }, parseToolResult),
        [request]
    );
    const state = call.state.value;
    const isBusy = state.status === 'waiting';

    return (
        <section class="card" aria-labelledby={titleId}>
            <h3 id={titleId}>
                {title} <code>{name}</code>
            </h3>
            <p class="description">
                <LongText text={description} />
            </p>
            {fields.length === 0 && <p class="no-arguments">{t('tool.noArguments')}</p>}
            <ArgumentForm
                fields={fields}
                action={t('tool.call')}
                actionName={t('tool.callNamed', { tool: name })}
                isBusy={isBusy}
                onSubmit={args => void call.start({ name, arguments: args })}
                buttons={
                    <ActionButton idle={!isBusy} onClick={call.cancel} aria-label={t('call.cancelNamed', { name })}>
                        {t('call.cancel')}
                    </ActionButton>
                }
            >
                <Outcome label={t('tool.result', { tool: name })} state={state} isFailure={({ isError }) => isError}>
                    {result => <ToolResultView result={result} />}
                </Outcome>
            </ArgumentForm>
        </section>
    );
}
