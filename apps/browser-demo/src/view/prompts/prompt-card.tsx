import { useId, useMemo } from 'preact/hooks';
import { createComplete } from '../../completion.ts';
import { textField } from '../../model/schema-form.ts';
import { type PromptDescription, parsePromptResult } from '../../prompts.ts';
import { createCall } from '../../state/call.ts';
import { hasCapability } from '../../state/catalog.ts';
import type { Connection } from '../../state/connection.ts';
import { t } from '../../state/language.ts';
import { LongText } from '../parts/long-text.tsx';
import { ContentView } from '../results/content-view.tsx';
import { Outcome } from '../results/outcome.tsx';
import { ArgumentForm } from '../tools/argument-form.tsx';

/** A prompt as a form: its arguments, and the messages that it makes of them. */
export function PromptCard({ prompt, connection }: { prompt: PromptDescription; connection: Connection }) {
    const titleId = useId();
    const { name, title, description, args } = prompt;
    const { request } = connection.session;
    const fields = useMemo(() => args.map(textField), [args]);
    const complete = useMemo(() => createComplete(request, { type: 'ref/prompt', name }), [request, name]);
    const call = useMemo(() => createCall({ request, method: 'prompts/get' }, parsePromptResult), [request]);
    const state = call.state.value;

    return (
        <section class="card" aria-labelledby={titleId}>
            <h3 id={titleId}>
                {title} <code>{name}</code>
            </h3>
            <p class="description">
                <LongText text={description} />
            </p>
            <ArgumentForm
                fields={fields}
                action={t('prompts.get')}
                actionName={t('prompts.getNamed', { name })}
                isBusy={state.status === 'waiting'}
                onSubmit={given => void call.start({ name, arguments: given })}
                complete={hasCapability(connection.catalog, 'completions') ? complete : undefined}
            >
                <Outcome label={t('prompts.result', { name })} state={state}>
                    {({ description: about, messages }) => (
                        <>
                            {about !== '' && <span class="muted">{about}</span>}
                            {messages.map(({ role, content }) => (
                                <div class="prompt-message">
                                    <span class="role">{role}</span>
                                    <ContentView content={content} />
                                </div>
                            ))}
                        </>
                    )}
                </Outcome>
            </ArgumentForm>
        </section>
    );
}
