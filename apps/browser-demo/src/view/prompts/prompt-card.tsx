import { useMemo } from 'preact/hooks';
import { textField } from '../../forms/schema-form.ts';
import * as say from '../../i18n/texts.ts';
import { type PromptDescription, parsePromptResult } from '../../mcp/features/prompts.ts';
import { t } from '../../state/preferences/language.ts';
import { createCall } from '../../state/session/call.ts';
import type { Connection } from '../../state/session/connection.ts';
import { ArgumentForm } from '../forms/argument-form.tsx';
import { Card } from '../parts/card.tsx';
import { LongText } from '../parts/long-text.tsx';
import { ContentView } from '../results/content-view.tsx';
import { Outcome } from '../results/outcome.tsx';

/** A prompt: a form for its arguments, and the messages that it returns. */
export function PromptCard({ prompt, connection }: { prompt: PromptDescription; connection: Connection }) {
    const { name, title, description, args } = prompt;
    const { request } = connection.session;
    const fields = useMemo(() => args.map(textField), [args]);
    const call = useMemo(() => createCall({ request, method: 'prompts/get' }, parsePromptResult), [request]);

    return (
        <Card title={title} name={name} description={<LongText text={description} />}>
            <ArgumentForm
                fields={fields}
                connection={connection}
                completes={{ type: 'ref/prompt', name }}
                action={t(say.prompts.get)}
                name={name}
                call={call}
                paramsOf={given => ({ name, arguments: given })}
            >
                <Outcome label={t(say.prompts.result, { name })} state={call.state.value}>
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
        </Card>
    );
}
