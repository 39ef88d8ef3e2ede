import { useMemo } from 'preact/hooks';
import { textField } from '../../forms/schema-form.ts';
import { expandTemplate, variablesOf } from '../../forms/uri-template.ts';
import * as say from '../../i18n/texts.ts';
import { parseReadResult, type ResourceTemplate } from '../../mcp/features/resources.ts';
import { t } from '../../state/preferences/language.ts';
import { createCall } from '../../state/session/call.ts';
import type { Connection } from '../../state/session/connection.ts';
import { ArgumentForm } from '../forms/argument-form.tsx';
import { Card } from '../parts/card.tsx';
import { LongText } from '../parts/long-text.tsx';
import { ReadOutcome } from './read-outcome.tsx';

/** A resource template: a form for its variables, and the contents of the resource at the resulting URI. */
export function TemplateCard({ template, connection }: { template: ResourceTemplate; connection: Connection }) {
    const { uriTemplate, name, title, description } = template;
    const { request } = connection.session;
    const fields = useMemo(
        () => variablesOf(uriTemplate).map(variable => textField({ name: variable, description: '', required: true })),
        [uriTemplate]
    );
    const call = useMemo(() => createCall({ request, method: 'resources/read' }, parseReadResult), [request]);

    const paramsOf = (values: Record<string, unknown>): object => {
        const texts = Object.entries(values).map(([variable, value]) => [variable, String(value)]);
        return { uri: expandTemplate(uriTemplate, Object.fromEntries(texts)) };
    };
    return (
        <Card title={title} name={uriTemplate} description={<LongText text={description} />}>
            <ArgumentForm
                fields={fields}
                connection={connection}
                completes={{ type: 'ref/resource', uri: uriTemplate }}
                action={t(say.resources.read)}
                name={name}
                call={call}
                paramsOf={paramsOf}
            >
                <ReadOutcome name={name} state={call.state.value} />
            </ArgumentForm>
        </Card>
    );
}
