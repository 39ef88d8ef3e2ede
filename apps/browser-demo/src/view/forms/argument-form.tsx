import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { type Field, parseForm } from '../../forms/schema-form.ts';
import type { Problem } from '../../forms/validate.ts';
import { createComplete, type Reference } from '../../mcp/features/completion.ts';
import type { Call } from '../../state/session/call.ts';
import { hasCapability } from '../../state/session/catalog.ts';
import type { Connection } from '../../state/session/connection.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { type Control, FieldControl, readControl } from './field-control.tsx';

interface ArgumentFormProps {
    fields: readonly Field[];
    connection: Connection;
    /** The text of the button. Screen readers also hear `name`. */
    action: string;
    name: string;
    call: Call<unknown>;
    /** The params of the request with valid arguments. */
    paramsOf(args: Record<string, unknown>): object;
    /** More buttons. */
    buttons?: ComponentChildren;
    /** The prompt or template of the arguments, if the server can suggest values. */
    completes?: Reference;
    /** The outcome. */
    children: ComponentChildren;
}

const NO_PROBLEMS: ReadonlyMap<string, Problem> = new Map();

/** A form for arguments. Each problem is shown at its field, and nothing is sent until all are valid. */
export function ArgumentForm(props: ArgumentFormProps) {
    const { fields, connection, action, name, call, paramsOf, buttons, completes, children } = props;
    const controls = useRef(new Map<string, Control>());
    const problems = useSignal(NO_PROBLEMS);
    const isBusy = call.state.value.status === 'waiting';

    const entered = () => new Map([...controls.current].map(([name, node]) => [name, readControl(node)]));
    const submit = (event: Event): void => {
        event.preventDefault();
        if (isBusy) return;
        const form = parseForm(fields, entered());
        problems.value = form.ok ? NO_PROBLEMS : form.problems;
        if (form.ok) return void call.start(paramsOf(form.args));
        const [first = ''] = form.problems.keys();
        controls.current.get(first)?.focus();
    };
    const complete =
        completes && hasCapability(connection.catalog, 'completions')
            ? createComplete(connection.session.request, completes)
            : undefined;
    const completeField = (field: string) =>
        complete &&
        ((value: string) => {
            const others = [...controls.current].filter(([other, node]) => other !== field && node.value !== '');
            return complete(field, value, Object.fromEntries(others.map(([other, node]) => [other, node.value])));
        });

    return (
        <form noValidate onSubmit={submit}>
            <div class="fields">
                {fields.map(field => (
                    <FieldControl
                        key={field.name}
                        field={field}
                        problem={problems.value.get(field.name)}
                        controls={controls.current}
                        complete={completeField(field.name)}
                    />
                ))}
            </div>
            <div class="buttons">
                <ActionButton type="submit" idle={isBusy} aria-label={`${action} ${name}`}>
                    {action}
                </ActionButton>
                {buttons}
            </div>
            {children}
        </form>
    );
}
