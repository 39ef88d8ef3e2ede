import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Complete } from '../../completion.ts';
import { type Field, parseForm } from '../../model/schema-form.ts';
import type { Problem } from '../../model/validate.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { type Control, FieldControl, readControl } from './field-control.tsx';

interface ArgumentFormProps {
    fields: readonly Field[];
    /** On the button, and what screen readers call it. */
    action: string;
    actionName: string;
    isBusy: boolean;
    /** Told of arguments that fit. */
    onSubmit(args: Record<string, unknown>): void;
    /** Other buttons beside the first. */
    buttons?: ComponentChildren;
    /** Suggests what texts may go on with; undefined if the server does not. */
    complete?: Complete | undefined;
    /** What comes of it. */
    children: ComponentChildren;
}

const NO_PROBLEMS: ReadonlyMap<string, Problem> = new Map();

/** Arguments as a form: what is wrong is said at its field, and nothing is sent until all fit. */
export function ArgumentForm(props: ArgumentFormProps) {
    const { fields, action, actionName, isBusy, onSubmit, buttons, complete, children } = props;
    const controls = useRef(new Map<string, Control>());
    const problems = useSignal(NO_PROBLEMS);

    const entered = () => new Map([...controls.current].map(([name, node]) => [name, readControl(node)]));
    const submit = (event: Event): void => {
        event.preventDefault();
        if (isBusy) return;
        const form = parseForm(fields, entered());
        problems.value = form.ok ? NO_PROBLEMS : form.problems;
        if (form.ok) return onSubmit(form.args);
        const [first = ''] = form.problems.keys();
        controls.current.get(first)?.focus();
    };
    const completeField = (name: string) =>
        complete &&
        ((value: string) => {
            const others = [...entered()].filter(([other, text]) => other !== name && text !== '');
            return complete(name, value, Object.fromEntries(others));
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
                <ActionButton type="submit" idle={isBusy} aria-label={actionName}>
                    {action}
                </ActionButton>
                {buttons}
            </div>
            {children}
        </form>
    );
}
