import { useId, useMemo } from 'preact/hooks';
import { createComplete } from '../../completion.ts';
import { textField } from '../../model/schema-form.ts';
import { expandTemplate, variablesOf } from '../../model/uri-template.ts';
import { parseReadResult, type ResourceTemplate } from '../../resources.ts';
import { createCall } from '../../state/call.ts';
import { hasCapability } from '../../state/catalog.ts';
import type { Connection } from '../../state/connection.ts';
import { t } from '../../state/language.ts';
import { LongText } from '../parts/long-text.tsx';
import { ArgumentForm } from '../tools/argument-form.tsx';
import { ReadOutcome } from './read-outcome.tsx';

/** A template as a form: its variables make a URI, and what is there is read. */
export function TemplateCard({ template, connection }: { template: ResourceTemplate; connection: Connection }) {
    const titleId = useId();
    const { uriTemplate, name, title, description } = template;
    const { request } = connection.session;
    const fields = useMemo(
        () => variablesOf(uriTemplate).map(variable => textField({ name: variable, description: '', required: true })),
        [uriTemplate]
    );
    const complete = useMemo(
        () => createComplete(request, { type: 'ref/resource', uri: uriTemplate }),
        [request, uriTemplate]
    );
    const call = useMemo(() => createCall({ request, method: 'resources/read' }, parseReadResult), [request]);
    const state = call.state.value;

    const read = (values: Record<string, unknown>): void => {
        const texts = Object.entries(values).map(([variable, value]) => [variable, String(value)]);
        void call.start({ uri: expandTemplate(uriTemplate, Object.fromEntries(texts)) });
    };
    return (
        <section class="card" aria-labelledby={titleId}>
            <h3 id={titleId}>
                {title} <code>{uriTemplate}</code>
            </h3>
            <p class="description">
                <LongText text={description} />
            </p>
            <ArgumentForm
                fields={fields}
                action={t('resources.read')}
                actionName={t('resources.readNamed', { name })}
                isBusy={state.status === 'waiting'}
                onSubmit={read}
                complete={hasCapability(connection.catalog, 'completions') ? complete : undefined}
            >
                <ReadOutcome name={name} state={state} />
            </ArgumentForm>
        </section>
    );
}
