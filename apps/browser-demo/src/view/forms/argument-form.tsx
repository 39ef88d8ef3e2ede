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
import { ArgumentsEditor } from './arguments-editor.tsx';
import { type Control, FieldControl } from './field-control.tsx';
import { enteredIn, useArgumentsJson } from './use-arguments-json.ts';

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
    /** Whether the user can also write the arguments as JSON. */
    withJson?: boolean;
    /** The prompt or template of the arguments, if the server can suggest values. */
    completes?: Reference;
    /** The outcome. */
    children: ComponentChildren;
}

const NO_PROBLEMS: ReadonlyMap<string, Problem> = new Map();

/**
 * A form for arguments. Each problem is shown at its field, and nothing is sent until all are valid. Arguments that the
 * user wrote as JSON are sent as they are, so that the user sees how the server checks them.
 */
export function ArgumentForm(props: ArgumentFormProps) {
    const { fields, connection, action, name, call, paramsOf, buttons, withJson, completes, children } = props;
    const controls = useRef(new Map<string, Control>());
    const problems = useSignal(NO_PROBLEMS);
    const json = useArgumentsJson(fields, controls.current);
    const isBusy = call.state.value.status === 'waiting';

    const submit = (event: Event): void => {
        event.preventDefault();
        if (isBusy) return;
        if (json.isSource.value) {
            problems.value = NO_PROBLEMS;
            const args = json.read();
            return args && void call.start(paramsOf(args));
        }
        const form = parseForm(fields, enteredIn(controls.current));
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
            <div class="fields" onInput={json.followForm} onChange={json.followForm}>
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
            {withJson && fields.length > 0 && <ArgumentsEditor name={name} {...json} />}
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
