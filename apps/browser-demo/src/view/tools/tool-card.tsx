import { useMemo } from 'preact/hooks';
import { fieldsFromSchema } from '../../forms/schema-form.ts';
import * as say from '../../i18n/texts.ts';
import { parseToolResult, type ToolDescription } from '../../mcp/features/tools.ts';
import { t } from '../../state/preferences/language.ts';
import { createCall } from '../../state/session/call.ts';
import type { Connection } from '../../state/session/connection.ts';
import { ArgumentForm } from '../forms/argument-form.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Card } from '../parts/card.tsx';
import { LongText } from '../parts/long-text.tsx';
import { Outcome } from '../results/outcome.tsx';
import { HintBadges } from './hint-badges.tsx';
import { ToolResultView } from './tool-result.tsx';

/** A tool: a form for its arguments, a button to call it, and the outcome of the last call. */
export function ToolCard({ tool, connection }: { tool: ToolDescription; connection: Connection }) {
    const { name, title, description, hints, inputSchema } = tool;
    const { request } = connection.session;
    const fields = useMemo(() => fieldsFromSchema(inputSchema), [inputSchema]);
    const call = useMemo(
        () => createCall({ request, method: 'tools/call', withProgress: true }, parseToolResult),
        [request]
    );
    const state = call.state.value;

    return (
        <Card title={title} name={name} tour={`tool-${name}`} description={<LongText text={description} />}>
            <HintBadges hints={hints} />
            {fields.length === 0 && <p class="no-arguments">{t(say.tools.noArguments)}</p>}
            <ArgumentForm
                fields={fields}
                connection={connection}
                action={t(say.tools.call)}
                name={name}
                call={call}
                withJson
                paramsOf={args => ({ name, arguments: args })}
                buttons={
                    <ActionButton
                        idle={state.status !== 'waiting'}
                        onClick={call.cancel}
                        aria-label={`${t(say.call.cancel)} ${name}`}
                    >
                        {t(say.call.cancel)}
                    </ActionButton>
                }
            >
                <Outcome label={t(say.tools.result, { name })} state={state} isFailure={({ isError }) => isError}>
                    {result => <ToolResultView result={result} />}
                </Outcome>
            </ArgumentForm>
        </Card>
    );
}
