import { useSignal } from '@preact/signals';
import { useId, useMemo, useRef } from 'preact/hooks';
import type { Message } from '../../i18n/i18n.ts';
import { fieldsFromSchema, parseForm } from '../../model/schema-form.ts';
import type { Problem } from '../../model/validate.ts';
import { reasonOf } from '../../state/connection.ts';
import { t } from '../../state/language.ts';
import type { ToolDescription, ToolResult } from '../../tools.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { type Control, FieldControl, readControl } from './field-control.tsx';
import { ToolFailure, ToolOutcome } from './tool-result.tsx';

interface ToolCardProps {
    tool: ToolDescription;
    callTool(name: string, args: object): Promise<ToolResult>;
}

type Outcome =
    | { kind: 'none' | 'waiting' }
    | { kind: 'result'; result: ToolResult }
    | { kind: 'failure'; reason: Message | string };

const NO_PROBLEMS: ReadonlyMap<string, Problem> = new Map();

/** A tool as a form: its arguments, a button to call it, and what came of the last call. */
export function ToolCard({ tool, callTool }: ToolCardProps) {
    const titleId = useId();
    const fields = useMemo(() => fieldsFromSchema(tool.inputSchema), [tool]);
    const controls = useRef(new Map<string, Control>());
    const problems = useSignal(NO_PROBLEMS);
    const outcome = useSignal<Outcome>({ kind: 'none' });

    const call = async (args: object): Promise<void> => {
        outcome.value = { kind: 'waiting' };
        try {
            outcome.value = { kind: 'result', result: await callTool(tool.name, args) };
        } catch (error) {
            outcome.value = { kind: 'failure', reason: reasonOf(error) };
        }
    };
    const submit = (event: Event): void => {
        event.preventDefault();
        if (outcome.value.kind === 'waiting') return;
        const form = parseForm(fields, new Map([...controls.current].map(([name, node]) => [name, readControl(node)])));
        problems.value = form.ok ? NO_PROBLEMS : form.problems;
        if (form.ok) return void call(form.args);
        const [first = ''] = form.problems.keys();
        controls.current.get(first)?.focus();
    };

    return (
        <section class="tool" aria-labelledby={titleId}>
            <h3 id={titleId}>
                {tool.title} <code>{tool.name}</code>
            </h3>
            <p class="description">{tool.description}</p>
            <form noValidate onSubmit={submit}>
                <div class="fields">
                    {fields.map(field => (
                        <FieldControl
                            key={field.name}
                            field={field}
                            problem={problems.value.get(field.name)}
                            controls={controls.current}
                        />
                    ))}
                </div>
                <ActionButton
                    type="submit"
                    idle={outcome.value.kind === 'waiting'}
                    aria-label={t('tool.callNamed', { tool: tool.name })}
                >
                    {t('tool.call')}
                </ActionButton>
                {/* An output is a status by nature; the one status of the page is that of the connection. */}
                {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would not be an output. */}
                <output
                    role="group"
                    aria-label={t('tool.result', { tool: tool.name })}
                    aria-live="polite"
                    class={toClass(outcome.value)}
                >
                    <OutcomeView outcome={outcome.value} />
                </output>
            </form>
        </section>
    );
}

function OutcomeView({ outcome }: { outcome: Outcome }) {
    switch (outcome.kind) {
        case 'none':
            return null;
        case 'waiting':
            return <>{t('tool.waiting')}</>;
        case 'result':
            return <ToolOutcome result={outcome.result} />;
        case 'failure':
            return <ToolFailure reason={outcome.reason} />;
    }
}

function toClass(outcome: Outcome): string {
    if (outcome.kind === 'failure' || (outcome.kind === 'result' && outcome.result.isError)) return 'error';
    return outcome.kind;
}
